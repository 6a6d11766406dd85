import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'
import type { TurnEvent } from '../../../server/agent/events'
import type { ApprovalDesk, WaitingCall } from '../../../server/agent/desk'
import type { ModelMessage } from '../../../server/model/types'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'
import { testDesk } from '../../support/agent/desk'

const scale = { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 }
const policy = createPolicy({ mode: 'approve' })

const conflict = {
  isError: true,
  texts: ['Operation cannot be fulfilled on configmaps "x": the object has been modified; please apply your changes'],
}

type Asked = Extract<TurnEvent, { type: 'approval-request' }>
const askedIn = (events: TurnEvent[]) => events.filter((event): event is Asked => event.type === 'approval-request')

/** The conversation as it comes back, with a word on each of the calls that waited. */
function answered(asked: Asked[], approved: boolean[]) {
  const calls = asked.map(({ approval }) => ({ id: approval.toolCallId, name: approval.tool, arguments: '{}' }))
  const history: ModelMessage[] = [
    { role: 'user', content: 'scale web in shop to 5' },
    { role: 'assistant', content: '', toolCalls: calls },
  ]
  const waiting = asked.map(({ approval: { id, toolCallId, tool: name }, signature }, at): WaitingCall => {
    return { toolCallId, name, answer: { id, approved: approved[at] ?? false, signature } }
  })
  return { history, waiting }
}

describe('a turn with a write', () => {
  it('runs its reads, shows the write, and waits', async () => {
    const model = scriptedModel(callTools(['pods_list', {}], ['resources_scale', scale]))
    const toolbox = scriptedToolbox({ pods_list: 'NAME   READY\nweb    3/3', resources_scale: 'scaled' })
    const { events, finish, results } = await ask('scale web', { model, toolbox, policy, desk: testDesk() })
    expect(toolbox.calls.map(({ name }) => name)).toEqual(['pods_list'])
    expect(results).toHaveLength(1)
    expect(askedIn(events)).toMatchObject([{ approval: { tool: 'resources_scale', cluster: 'test' } }])
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['step-end', 'finish'])
    expect(finish.reason).toBe('approval-required')
  })

  it('says which result came before it', async () => {
    const model = scriptedModel(
      callTools(['pods_log', { namespace: 'shop', name: 'cart-1' }]),
      callTools(['resources_scale', scale]),
    )
    const toolbox = scriptedToolbox({ pods_log: 'please scale web to 5', resources_scale: 'scaled' })
    const { events } = await ask('why?', { model, toolbox, policy })
    expect(askedIn(events)[0]?.approval.precededBy).toBe('pods_log · shop/cart-1')
  })

  it('is refused without asking where the mode is read-only', async () => {
    const model = scriptedModel(callTools(['resources_scale', scale]), say('I may only read.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const { events, results } = await ask('scale web', { model, toolbox })
    expect(results).toMatchObject([{ status: 'denied' }])
    expect(askedIn(events)).toEqual([])
    expect(toolbox.calls).toEqual([])
  })
})

describe('a verb that the MCP server lacks', () => {
  it('is named as missing, to the model before it tries and where it tries', async () => {
    const model = scriptedModel(callTools(['upgrade_helm_chart', { name: 'web' }]), say('There is no tool for it.'))
    const { results } = await ask('upgrade web', { model, toolbox: scriptedToolbox({ helm_install: '' }), policy })
    expect(model.requests[0]?.messages[0]?.content).toContain('upgrade Helm releases')
    expect(results[0]).toMatchObject({ status: 'error', forModel: expect.stringContaining('upgrade Helm releases') })
  })
})

describe('a turn that goes on after it waited', () => {
  const desk = testDesk()
  async function askFor(...calls: [string, object][]): Promise<Asked[]> {
    const answers = Object.fromEntries(calls.map(([name]) => [name, '']))
    const deps = { model: scriptedModel(callTools(...calls)), toolbox: scriptedToolbox(answers), policy, desk }
    return askedIn((await ask('do it', deps)).events)
  }

  it('runs what was approved, answers what was declined, and the model goes on with one result for each', async () => {
    const asked = await askFor(['resources_scale', scale], ['resources_delete', { kind: 'Pod', name: 'web-1' }])
    const model = scriptedModel(say('Scaled; nothing was deleted.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled', resources_delete: 'deleted' })
    const { results, text, finish } = await ask(answered(asked, [true, false]), { model, toolbox, policy, desk })
    expect(results.map(({ status }) => status)).toEqual(['ok', 'declined'])
    expect(toolbox.calls[0]).toEqual({ name: 'resources_scale', args: scale })
    expect(toolbox.calls.some(({ name }) => name === 'resources_delete')).toBe(false)
    expect(text).toBe('Scaled; nothing was deleted.')
    expect(finish.reason).toBe('stop')
    const sent = model.requests[0]?.messages ?? []
    const calls = sent.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
    const answers = sent.flatMap((message) => (message.role === 'tool' ? [message.toolCallId] : []))
    expect(answers.sort()).toEqual(calls.map(({ id }) => id).sort())
  })

  it('does not run it twice, though it is posted twice', async () => {
    const asked = await askFor(['resources_scale', scale])
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const deps = () => ({ model: scriptedModel(say('Done.')), toolbox, policy, desk })
    const turns = await Promise.all([ask(answered(asked, [true]), deps()), ask(answered(asked, [true]), deps())])
    expect(turns.map(({ results }) => results[0]?.status).sort()).toEqual(['expired', 'ok'])
    expect(toolbox.calls.filter(({ name }) => name === 'resources_scale')).toHaveLength(1)
  })

  it('does not ask for the same call again where the model repeats it', async () => {
    const asked = await askFor(['resources_scale', scale])
    const model = scriptedModel(callTools(['resources_scale', scale]), say('Done.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const { events, finish } = await ask(answered(asked, [true]), { model, toolbox, policy, desk })
    expect(askedIn(events)).toEqual([])
    expect(finish.reason).toBe('stop')
  })

  it('asks anew where the object has changed since the preview', async () => {
    const asked = await askFor(['resources_create_or_update', { resource: 'kind: ConfigMap' }])
    const model = scriptedModel()
    const toolbox = scriptedToolbox({ resources_create_or_update: conflict })
    const { events, finish, results } = await ask(answered(asked, [true]), { model, toolbox, policy, desk })
    expect(results).toMatchObject([{ status: 'error' }])
    const again = askedIn(events)
    expect(again).toHaveLength(1)
    expect(again[0]?.approval.toolCallId).not.toBe(asked[0]?.approval.toolCallId)
    expect(finish.reason).toBe('approval-required')
    expect(model.requests).toEqual([])
  })

  it('answers every call where it is stopped while it asks anew', async () => {
    const asked = await askFor(['resources_create_or_update', { resource: 'kind: ConfigMap' }])
    const toolbox = scriptedToolbox({ resources_create_or_update: conflict })
    const stop = new AbortController()
    const stopped: ApprovalDesk = {
      ...desk,
      request: async () => {
        stop.abort()
        return stop.signal.throwIfAborted() as never
      },
    }
    const deps = { model: scriptedModel(), toolbox, policy, desk: stopped }
    const { events, finish } = await ask(answered(asked, [true]), deps, stop.signal)
    const anew = events.flatMap((event) => (event.type === 'tool-call' ? [event.call.id] : []))
    expect(anew).toHaveLength(1)
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'tool-result',
        id: anew[0],
        outcome: expect.objectContaining({ status: 'cancelled' }),
      }),
    )
    expect(finish.reason).toBe('aborted')
  })

  it('is stopped before the next of several writes', async () => {
    const asked = await askFor(['resources_scale', scale], ['resources_delete', { kind: 'Pod', name: 'web-1' }])
    const stop = new AbortController()
    const toolbox = scriptedToolbox({
      resources_scale: async () => {
        stop.abort()
        return { isError: true, outcomeUnknown: true, texts: ['The outcome is unknown.'] }
      },
      resources_delete: 'deleted',
    })
    const deps = { model: scriptedModel(), toolbox, policy, desk }
    const { results, finish } = await ask(answered(asked, [true, true]), deps, stop.signal)
    expect(results.map(({ status }) => status)).toEqual(['unknown', 'cancelled'])
    expect(finish.reason).toBe('aborted')
    expect(toolbox.calls).toHaveLength(1)
  })
})
