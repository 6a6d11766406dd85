/** Ports of the loopback interface, and whether somebody answers there. */
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { connect, createServer } from 'node:net'

/** A port that was free a moment ago. */
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

/** Somebody accepts connections there. Sends nothing: a GET would count as a session to some servers. */
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

/** A GET of it has status 200. Takes any certificate: those of tests are their own. */
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
