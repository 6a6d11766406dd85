/**
 * A stand-in for our MCP server as a child process: same command line and protocol, no cluster. STATE_FILE contains the
 * content of `k8s://cluster`; with STREAM, responses are event streams.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { MCP_SECRET, STATE_FILE = '', REFUSE, STREAM } = process.env
if (REFUSE) {
  process.stderr.write(`${REFUSE}\n`)
  process.exit(1)
}

/** @type {Map<string, StreamableHTTPServerTransport>} */
const sessions = new Map()

async function open() {
  const names = ['kubectl_get', 'kubectl_top']
  const server = new Server(
    { name: 'k8s-ai-assistant-mcp', version: '1' },
    { capabilities: { tools: { listChanged: true }, resources: {}, logging: {} } },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: names.map((name) => ({ name, inputSchema: { type: 'object', properties: {} } })),
  }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
    // With STREAM, the response has already begun.
    if (STREAM) await sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'begun' } })
    if (params.arguments?.name === 'die') setImmediate(() => process.exit(1))
    if (params.arguments?.name === 'die') return await new Promise(() => undefined)
    if (params.arguments?.name === 'hang') process.kill(process.pid, 'SIGSTOP')
    if (params.name === 'kubectl_top') {
      names.pop()
      await server.sendToolListChanged()
    }
    const text = `process ${process.pid}`
    const structuredContent = { kind: 'text', text, asOf: new Date().toISOString() }
    return { content: [{ type: 'text', text }], structuredContent }
  })
  server.setRequestHandler(ReadResourceRequestSchema, () => ({
    contents: [{ uri: 'k8s://cluster', text: readFileSync(STATE_FILE, 'utf8') }],
  }))
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    enableJsonResponse: !STREAM,
    ...(STREAM && { eventStore: { storeEvent: async () => randomUUID(), replayEventsAfter: async (id) => id } }),
    onsessioninitialized: (id) => void sessions.set(id, transport),
  })
  await server.connect(transport)
  return transport
}

const http = createServer(async (request, response) => {
  if (request.headers.authorization !== `Bearer ${MCP_SECRET}`) return response.writeHead(401).end()
  const id = request.headers['mcp-session-id']
  const known = typeof id === 'string' ? sessions.get(id) : await open()
  if (!known) return response.writeHead(404).end()
  await known.handleRequest(request, response)
})
const path = (process.argv[3] ?? '').replace('unix:', '')
http.listen(path, () => process.stdout.write(`${JSON.stringify({ listening: path })}\n`))
process.stdin.resume().on('end', () => process.exit(0))
