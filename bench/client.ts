/** An HTTP client over one keep-alive connection that records when the expected bytes arrive. */
import { Agent, request } from 'node:http'
import { toQuestion } from './script'
import type { Script } from './script'

export interface Target {
  port: number
  path: string
  body: string
}

export interface Answer {
  /** From the request to the arrival of the expected bytes, in milliseconds. */
  ms: number
  text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/**
 * @param until the expected bytes
 * @throws Error if the status is not 200, or `until` never arrives
 */
export async function ask({ port, path, body }: Target, until: string): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers })
    sent.once('error', reject)
    sent.once('response', (response) => {
      let ms: number | undefined
      const pieces: string[] = []
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        pieces.push(piece)
        if (ms === undefined && piece.includes(until)) ms = performance.now() - startedAt
      })
      response.once('error', reject)
      response.once('end', () => {
        const text = pieces.join('')
        if (response.statusCode === 200 && ms !== undefined) resolve({ ms, text })
        else reject(new Error(`status ${response.statusCode}, without ${until}: ${text.slice(-2000)}`))
      })
    })
    sent.end(body)
  })
}

/** A question to the built server. */
export function chat(port: number, question: string | Script): Target {
  const text = typeof question === 'string' ? question : toQuestion(question)
  const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text }] }]
  return { port, path: '/api/chat', body: JSON.stringify({ id: 'c1', messages }) }
}

/** Sends the server's own request body to the model or the relay. */
export function completion(port: number, body: string): Target {
  return { port, path: '/v1/chat/completions', body }
}

export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return await response.json()
}
