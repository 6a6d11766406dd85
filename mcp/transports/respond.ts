/** HTTP helpers: read a bounded body, send a short response. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The MCP SDK's limit, in bytes. */
const MAX_BODY = 4 * 1024 * 1024

/** @returns undefined if the body exceeds 4 MiB; the rest is not read */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > MAX_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function respond(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers })
  response.end(text)
}
