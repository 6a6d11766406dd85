/** Small parts of HTTP: reading a bounded body, and plain answers. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** As the MCP SDK has it. In bytes. */
const MAX_BODY = 4 * 1024 * 1024

/** @returns undefined if the body is larger than 4 MiB; then the rest is not read */
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

/** Ends a response with a short text. */
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
