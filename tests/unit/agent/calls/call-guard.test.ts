import { describe, expect, it } from 'vitest'
import { CallGuard } from '../../../../server/agent/calls/call-guard'
import { createPolicy } from '../../../../server/agent/policy'
import { ask, callTools, say, scriptedModel, scriptedToolbox, toolEntry } from '../../../support/agent/scripted'
import { serverTool } from '../../../support/brands'

const LIST = { name: 'pods_list_in_namespace', arguments: '{"namespace":"shop"}' }
const entries = [toolEntry('pods_list_in_namespace'), toolEntry('resources_scale')]

function guarded() {
  const guard = new CallGuard(createPolicy({ mode: 'approve' }))
  let made = 0
  return {
    guard,
    /** Makes the call; returns its id if it may run, else why it may not. */
    call: (call = LIST): string => {
      const checked = guard.check(call, entries)
      const id = `call-${++made}`
      guard.numbered(id, checked)
      return checked.kind === 'answer' ? checked.detail.text : id
    },
  }
}

describe('the same read again', () => {
  it('is refused while its result stands', () => {
    const { call } = guarded()
    expect(call()).toBe('call-1')
    expect(call()).toContain('made already in this turn')
  })

  it('runs after its result was shortened, but not after that of another (large-4)', () => {
    const { guard, call } = guarded()
    const id = call()
    guard.shortened(new Set(['call-of-another']))
    expect(call()).toContain('made already')
    guard.shortened(new Set([id]))
    expect(call()).toBe('call-3')
    // The older result stays short for the rest of the turn; the newer one counts.
    guard.shortened(new Set([id]))
    expect(call()).toContain('made already')
  })

  it('runs after a write, which does not run again itself', () => {
    const { guard, call } = guarded()
    const scale = { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 3, apiVersion: 'apps/v1' }
    call()
    guard.remember(serverTool('resources_scale'), scale)
    expect(call()).toBe('call-2')
    expect(call({ name: 'resources_scale', arguments: JSON.stringify(scale) })).toContain('made already')
  })

  it('runs at most three times', () => {
    const { guard, call } = guarded()
    for (let time = 0; time < 3; time++) guard.shortened(new Set([call()]))
    expect(call()).toContain('3 times already')
  })
})

describe('a turn at a window of 6,144 tokens', () => {
  it('lists pods again after five long logs had shortened the list (large-4)', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, at) => `shop  web-with-a-long-name-7d9f8b6c5d-${at}  0/1  CrashLoopBackOff  ${at}  5d`,
    )
    const pods = ['NAMESPACE  NAME  READY  STATUS  RESTARTS  AGE', ...rows].join('\n')
    const word = (at: number) => [...String(at)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')
    const log = Array.from({ length: 400 }, (_, at) => `2026-11-29 line ${word(at)} of a log with words`).join('\n')
    const toolbox = scriptedToolbox({ pods_list_in_namespace: pods, pods_log: log })
    const list = callTools(['pods_list_in_namespace', { namespace: 'shop' }])
    const logs = [0, 1, 2, 3, 4].map((at) => callTools(['pods_log', { name: `web-${at}`, namespace: 'shop' }]))
    const model = scriptedModel(list, ...logs, list, say('Done.'))
    const { results } = await ask('Which pods log errors?', { model, toolbox, windowTokens: 6144 })
    const [, , , first] = model.requests[6]?.messages ?? []
    expect(first).toMatchObject({ role: 'tool', content: expect.stringContaining('Call the tool again') })
    expect(toolbox.calls.filter(({ name }) => name === 'pods_list_in_namespace')).toHaveLength(2)
    expect(results.at(-1)).toMatchObject({ status: 'ok' })
  })
})
