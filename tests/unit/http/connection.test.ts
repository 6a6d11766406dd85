import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { connectionSignal } from '../../../server/http/connection'

const server = createServer()
afterEach(() => void server.close())

/** A request that the server has not answered yet. */
async function requested() {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const arrived = once(server, 'request')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  const [, response] = (await arrived) as [unknown, ServerResponse]
  return { client, response }
}

it('aborts when the client leaves before the answer', async () => {
  const { client, response } = await requested()
  const signal = connectionSignal(response)
  expect(signal.aborted).toBe(false)
  const closed = once(response, 'close')
  client.destroy()
  await closed
  expect(signal.aborted).toBe(true)
})

it('is aborted if the client has already left, e.g. during the login check', async () => {
  const { client, response } = await requested()
  const closed = once(response, 'close')
  client.destroy()
  await closed
  expect(connectionSignal(response).aborted).toBe(true)
})

it('does not abort after a complete answer', async () => {
  const { response, client } = await requested()
  const signal = connectionSignal(response)
  const closed = once(response, 'close')
  response.end('done')
  client.resume()
  await closed
  expect(signal.aborted).toBe(false)
  expect(connectionSignal(response).aborted).toBe(false)
})
