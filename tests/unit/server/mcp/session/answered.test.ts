/** Nothing of an answered call outlives it, while its session and its turn continue. */
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { McpSession } from '../../../../../server/mcp/session/session'
import { collectGarbage } from '../../../../support/garbage'

const script = fileURLToPath(new URL('../../../../support/mcp/odd-server.mjs', import.meta.url))
const never = new AbortController().signal
const nothing = () => undefined

describe('a session that has answered calls', () => {
  let session: McpSession
  beforeEach(async () => {
    session = new McpSession({
      endpoint: {
        transport: 'stdio',
        command: process.execPath,
        args: [script],
        env: { PATH: process.env.PATH ?? '' },
      },
      log: { info: nothing, warn: nothing, debug: nothing },
      clientInfo: { name: 'test', version: '1' },
    })
    session.start()
    await session.untilReady(never)
  })
  afterEach(() => session.close())

  const call = (name: string, signal: AbortSignal) =>
    session.request((client, options) => client.callTool({ name, arguments: {} }, undefined, options), {
      kind: 'read',
      signal,
    })

  it('keeps none of their results in memory', async () => {
    const turn = new AbortController()
    const results: WeakRef<object>[] = []
    for (let count = 0; count < 20; count++) results.push(new WeakRef(await call('odd_name_v2', turn.signal)))
    // The end of the last call is still on the stack.
    await call('odd_name_v2', turn.signal)
    collectGarbage()
    expect(results.filter((result) => result.deref() !== undefined)).toHaveLength(0)
    expect(turn.signal.aborted).toBe(false)
  })

  it('cancels only the calls that are not answered when their turn is stopped', async () => {
    const turn = new AbortController()
    const client = await session.request(async (used: Client) => used, { kind: 'read', signal: never })
    if (!client.transport) throw new Error('The client has no transport')
    const send = vi.spyOn(client.transport, 'send')
    for (let count = 0; count < 3; count++) await call('odd_name_v2', turn.signal)
    const waiting = call('hang', turn.signal)
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(4))
    turn.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    const methods = send.mock.calls.map(([message]) => 'method' in message && message.method)
    expect(methods.filter((method) => method === 'notifications/cancelled')).toHaveLength(1)
  })
})
