/**
 * An instant MCP server over stdio, without the SDK, so that a round contains almost none of its own time. It offers
 * kubernetes-mcp-server's read-only tools. With a file as its argument, each call appends its duration in milliseconds
 * to that file.
 */
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { largeLog, largeTable, smallTable } from './tool-results'
import { TOOLS } from './tools'

const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  params: z
    .looseObject({ name: z.string().optional(), arguments: z.record(z.string(), z.unknown()).optional() })
    .optional(),
})

const times = process.argv[2]

createInterface({ input: process.stdin }).on('line', (line) => {
  const receivedAt = performance.now()
  const { id, method, params } = messageSchema.parse(JSON.parse(line))
  if (id === undefined) return
  const result = resultOf(method, params?.name, params?.arguments ?? {})
  process.stdout.write(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}\n`)
  const ms = performance.now() - receivedAt
  if (times && method === 'tools/call') appendFileSync(times, `${ms}\n`)
})

/** @returns JSON */
function resultOf(method: string | undefined, tool: string | undefined, args: Record<string, unknown>): string {
  switch (method) {
    case 'initialize': {
      const serverInfo = { name: 'bench', version: '1' }
      return JSON.stringify({ protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo })
    }
    case 'tools/list':
      return JSON.stringify({ tools: TOOLS })
    case 'tools/call':
      if (args.name === 'large') return largeLog()
      return tool === 'pods_list' && args.labelSelector === 'size=large' ? largeTable() : smallTable()
    default:
      return '{}'
  }
}
