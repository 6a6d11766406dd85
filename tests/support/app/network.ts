/** Loopback ports and liveness checks. */
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { connect, createServer } from 'node:net'

/** A port that was just free. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('no port'))
      server.close(() => resolve(address.port))
    })
  })
}

/** Checks whether a port accepts connections. Sends no request, which some servers would count as a session. */
export async function listens(port: number): Promise<true | undefined> {
  return await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(undefined))
  })
}

/** Checks for status 200 of a GET. Accepts any certificate, since tests sign their own. */
export async function answers(url: string): Promise<true | undefined> {
  return await new Promise((resolve) => {
    const request = url.startsWith('https:')
      ? getHttps(url, { rejectUnauthorized: false, agent: false })
      : getHttp(url, { agent: false })
    request.once('response', (response) => {
      response.resume()
      resolve(response.statusCode === 200 ? true : undefined)
    })
    request.once('error', () => resolve(undefined))
  })
}
