/** Sends responses. */
import type { ServerResponse } from 'node:http'
import { StatusError } from './status'

export function sendJson(response: ServerResponse, body: object, code = 200): void {
  send(response, code, 'application/json', JSON.stringify(body, inOrder))
}

/** A fixed field order, as from a typed server. */
export function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

export function sendText(response: ServerResponse, body: string): void {
  send(response, 200, 'text/plain; charset=utf-8', body)
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, {
    'Cache-Control': 'no-cache, private',
    'Content-Length': Buffer.byteLength(body),
    'Content-Type': type,
  })
  response.end(body)
}

/** Sends an error as a Status. Any error except StatusError is a bug of the demo cluster. */
export function sendError(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const status = error instanceof StatusError ? error : new StatusError(500, 'InternalError', message)
  if (response.headersSent) response.destroy()
  else sendJson(response, status.toStatus(), status.code)
}
