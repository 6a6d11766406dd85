/** Raw HTTP that fetch cannot send: any Host, any header, half a body. */
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface RawRequest {
  method?: string
  /** Sent without normalisation. */
  path?: string
  headers?: Record<string, string | string[]>
  body?: string
  /** Local address, e.g. another one of loopback. */
  from?: string
}

/** @param url the server's; determines the default Host */
export function rawRequest(
  url: string,
  { method = 'GET', path = '/', headers, body, from }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname,
        port,
        method,
        path,
        agent: false,
        headers: { host, ...headers },
        ...(from && { localAddress: from }),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}

export interface Line {
  socket: Socket
  /** The whole response, once the server has ended the connection. */
  answer: Promise<string>
}

/** Opens a connection and writes these bytes to it. */
export function openLine(url: string, text: string): Line {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const answer = new Promise<string>((resolve) => {
    let got = ''
    socket.setEncoding('utf8').on('data', (piece) => (got += piece))
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(got))
  })
  socket.write(text)
  return { socket, answer }
}
