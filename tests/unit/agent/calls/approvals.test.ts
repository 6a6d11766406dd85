import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../../server/agent/policy'
import type { Toolbox } from '../../../../server/mcp/toolbox/types'
import { prepareChange } from '../../../../server/preview'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../../support/agent/scripted'
import { answered, askedIn } from '../../../support/agent/answer'
import type { Asked } from '../../../support/agent/answer'
import { outcomeOf, ownServer, planOf, refusal, split } from '../../../support/agent/own-server'
import type { Phased } from '../../../support/agent/own-server'
import { TEST_IDENTITY, testApprovalGate, testPlan } from '../../../support/agent/approval-gate'

const scale = { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 }
const policy = createPolicy({ mode: 'approve' })

describe('a turn with a write', () => {
  it('runs its reads, shows the write, and waits', async () => {
    const model = scriptedModel(callTools(['pods_list', {}], ['resources_scale', scale]))
    const toolbox = scriptedToolbox({ pods_list: 'NAME   READY\nweb    3/3', resources_scale: 'scaled' })
    const { events, finish, results } = await ask('scale web', {
      model,
      toolbox,
      policy,
      approvalGate: testApprovalGate(),
    })
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

  it('is refused without asking in read-only mode', async () => {
    const model = scriptedModel(callTools(['resources_scale', scale]), say('I may only read.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const { events, results } = await ask('scale web', { model, toolbox })
    expect(results).toMatchObject([{ status: 'denied' }])
    expect(askedIn(events)).toEqual([])
    expect(toolbox.calls).toEqual([])
  })
})

describe('a verb that the MCP server lacks', () => {
  it('is named as missing to the model, before and when it tries', async () => {
    const model = scriptedModel(callTools(['upgrade_helm_chart', { name: 'web' }]), say('There is no tool for it.'))
    const { results } = await ask('upgrade web', { model, toolbox: scriptedToolbox({ helm_install: '' }), policy })
    expect(model.requests[0]?.messages[0]?.content).toContain('upgrade Helm releases')
    expect(results[0]).toMatchObject({ status: 'error', forModel: expect.stringContaining('upgrade Helm releases') })
  })
})

describe('a turn that continues after approval', () => {
  const approvalGate = testApprovalGate()
  async function askFor(...calls: [string, object][]): Promise<Asked[]> {
    const answers = Object.fromEntries(calls.map(([name]) => [name, '']))
    const deps = { model: scriptedModel(callTools(...calls)), toolbox: scriptedToolbox(answers), policy, approvalGate }
    return askedIn((await ask('do it', deps)).events)
  }

  it('runs approved calls, answers declined ones, and the model continues with one result for each', async () => {
    const asked = await askFor(['resources_scale', scale], ['resources_delete', { kind: 'Pod', name: 'web-1' }])
    const model = scriptedModel(say('Scaled; nothing was deleted.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled', resources_delete: 'deleted' })
    const { results, text, finish } = await ask(answered(asked, [true, false]), {
      model,
      toolbox,
      policy,
      approvalGate,
    })
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

  it('model-31: counts what was done and declined, independent of the answer', async () => {
    const asked = await askFor(['resources_scale', scale])
    const model = scriptedModel(say('web has 5 replicas now.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const declined = await ask(answered(asked, [false]), { model, toolbox, policy, approvalGate })
    expect(declined.notices.join()).toContain('0 changes made, 1 declined, 0 failed')
    const again = answered(await askFor(['resources_scale', scale]), [true])
    const approved = await ask(again, { model: scriptedModel(say('Done.')), toolbox, policy, approvalGate })
    expect(approved.notices.join()).toContain('1 changes made, 0 declined, 0 failed')
  })

  it('does not run it twice, though it is posted twice', async () => {
    const asked = await askFor(['resources_scale', scale])
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const deps = () => ({ model: scriptedModel(say('Done.')), toolbox, policy, approvalGate })
    const turns = await Promise.all([ask(answered(asked, [true]), deps()), ask(answered(asked, [true]), deps())])
    expect(turns.map(({ results }) => results[0]?.status).sort()).toEqual(['expired', 'ok'])
    expect(toolbox.calls.filter(({ name }) => name === 'resources_scale')).toHaveLength(1)
  })

  it('does not ask for the same call again if the model repeats it', async () => {
    const asked = await askFor(['resources_scale', scale])
    const model = scriptedModel(callTools(['resources_scale', scale]), say('Done.'))
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const { events, finish } = await ask(answered(asked, [true]), { model, toolbox, policy, approvalGate })
    expect(askedIn(events)).toEqual([])
    expect(finish.reason).toBe('stop')
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
    const deps = { model: scriptedModel(), toolbox, policy, approvalGate }
    const { results, finish } = await ask(answered(asked, [true, true]), deps, stop.signal)
    expect(results.map(({ status }) => status)).toEqual(['unknown', 'cancelled'])
    expect(finish.reason).toBe('aborted')
    expect(toolbox.calls).toHaveLength(1)
  })
})

describe('a change by our own server', () => {
  const args = { name: 'web', replicas: 5 }

  it('is planned, shown, and run as it was planned; what came of it is its own result', async () => {
    const { toolbox, approvalGate, calls, runs } = ownServer(({ args: own }) => planOf(own))
    const first = await ask('scale', {
      model: scriptedModel(callTools(['kubectl_scale', args])),
      toolbox,
      policy,
      approvalGate,
    })
    const asked = askedIn(first.events)
    expect(calls).toMatchObject([{ change: { phase: 'plan' } }])
    expect(asked).toMatchObject([{ approval: { previewed: true, title: { code: 'change-scale' } } }])
    const model = scriptedModel(say('web has 5 replicas.'))
    const { results, events } = await ask(answered(asked, [true]), { model, toolbox, policy, approvalGate })
    expect(runs()).toMatchObject([{ args, change: { phase: 'run', identity: TEST_IDENTITY, digest: 'digest of web' } }])
    expect(results).toMatchObject([
      { status: 'ok', forPerson: { kind: 'outcome' }, forModel: expect.stringContaining('web is updated now') },
    ])
    // What the outcome says is not read again.
    expect(events.filter(({ type }) => type === 'tool-call')).toEqual([])
  })

  it('is refused with a reason if it cannot be planned', async () => {
    const { toolbox, approvalGate } = ownServer(() => refusal('not-found', 'Deployment web does not exist.'))
    const model = scriptedModel(callTools(['kubectl_scale', args]), say('There is none.'))
    const { results, events } = await ask('scale', { model, toolbox, policy, approvalGate })
    expect(askedIn(events)).toEqual([])
    expect(results).toMatchObject([{ status: 'error', forModel: 'Not run: Deployment web does not exist.' }])
  })

  it('is asked for again if the cluster shows another plan by now, with what has changed', async () => {
    const next = testPlan({ from: 4, digest: 'd2' })
    const { toolbox, approvalGate, runs } = ownServer(
      ({ args: own }) => planOf(own),
      () => ({ ...outcomeOf({}, 'not-tried', 'changed'), plan: next }),
    )
    const deps = () => ({ model: scriptedModel(callTools(['kubectl_scale', args])), toolbox, policy, approvalGate })
    const asked = askedIn((await ask('scale', deps())).events)
    const { events, finish, results } = await ask(answered(asked, [true]), { ...deps(), model: scriptedModel() })
    expect(results).toMatchObject([{ status: 'error', forModel: expect.stringContaining('asked again') }])
    const [again] = askedIn(events)
    expect(again?.approval.toolCallId).not.toBe(asked[0]?.approval.toolCallId)
    expect(again?.approval.notes).toMatchObject([{ code: 'meanwhile-lines' }])
    expect(finish.reason).toBe('approval-required')
    expect(runs()).toHaveLength(1)
  })

  it('has an unknown outcome if its answer says nothing, and is not asked for again', async () => {
    const { toolbox, approvalGate } = ownServer(
      ({ args: own }) => planOf(own),
      () => ({ odd: true }),
    )
    const deps = () => ({ model: scriptedModel(callTools(['kubectl_scale', args])), toolbox, policy, approvalGate })
    const asked = askedIn((await ask('scale', deps())).events)
    const { results } = await ask(answered(asked, [true]), { ...deps(), model: scriptedModel(say('Unknown.')) })
    expect(results).toMatchObject([{ status: 'unknown' }])
  })
})

describe('a request of several objects', () => {
  const objects = ['one', 'two', 'bad', 'four'].map((name) => ({ kind: 'ConfigMap', name, verb: 'create' }))
  const manifest = { manifest: 'four documents' }

  it('becomes a card for each, in order', async () => {
    const { toolbox, approvalGate } = ownServer(({ args }) => (args.manifest ? split(...objects) : planOf(args)))
    const model = scriptedModel(callTools(['kubectl_apply', manifest]))
    const { events, results, finish } = await ask('apply', { model, toolbox, policy, approvalGate })
    expect(results).toMatchObject([{ status: 'ok', forModel: expect.stringContaining('4 objects') }])
    expect(askedIn(events).map(({ approval }) => approval.objects[0]?.name)).toEqual(['one', 'two', 'bad', 'four'])
    const ids = events.flatMap((event) => (event.type === 'tool-call' ? [event.call.id] : []))
    expect(askedIn(events).map(({ approval }) => approval.toolCallId)).toEqual(ids.slice(1))
    expect(finish.reason).toBe('approval-required')
  })

  it('answers for each object if the third is refused before it is asked for (writes-13)', async () => {
    const { toolbox, approvalGate, runs } = ownServer(
      ({ args }) => {
        if (args.manifest) return split(...objects)
        return args.name === 'bad' ? refusal('invalid', 'Service bad: port 99999 is too large.') : planOf(args)
      },
      ({ args }) => outcomeOf(args, 'created'),
    )
    const deps = () => ({ model: scriptedModel(callTools(['kubectl_apply', manifest])), toolbox, policy, approvalGate })
    const first = await ask('apply', deps())
    expect(first.results.slice(1)).toMatchObject([
      { status: 'error', forModel: expect.stringContaining('99999') },
      { status: 'error', forModel: expect.stringContaining('Not tried') },
    ])
    const asked = askedIn(first.events)
    const { results } = await ask(answered(asked, [true, true]), { ...deps(), model: scriptedModel(say('Two are.')) })
    expect(results.map(({ status }) => status)).toEqual(['ok', 'ok'])
    expect(runs().map(({ args }) => args.name)).toEqual(['one', 'two'])
  })

  it('does not try the next if one is refused when it runs (writes-13)', async () => {
    const { toolbox, approvalGate, runs } = ownServer(
      ({ args }) => (args.manifest ? split(...objects) : planOf(args)),
      ({ args }) => (args.name === 'bad' ? outcomeOf(args, 'refused', 'refused') : outcomeOf(args, 'created')),
    )
    const deps = () => ({ model: scriptedModel(callTools(['kubectl_apply', manifest])), toolbox, policy, approvalGate })
    const asked = askedIn((await ask('apply', deps())).events)
    const { results } = await ask(answered(asked, [true, true, true, true]), {
      ...deps(),
      model: scriptedModel(say('Two are.')),
    })
    expect(results.map(({ status }) => status)).toEqual(['ok', 'ok', 'error', 'error'])
    expect(results[3]?.forModel).toContain('Not tried')
    expect(runs().map(({ args }) => args.name)).toEqual(['one', 'two', 'bad'])
  })

  it('deletes the others if one of several does not exist', async () => {
    const names = ['a', 'gone', 'c'].map((name) => ({ kind: 'Pod', name }))
    const { toolbox, approvalGate } = ownServer(({ args }) => {
      if (args.all) return split(...names)
      return args.name === 'gone' ? refusal('not-found', 'Pod gone does not exist.') : planOf(args)
    })
    const model = scriptedModel(callTools(['kubectl_delete', { all: true }]))
    const { events } = await ask('delete', { model, toolbox, policy, approvalGate })
    expect(askedIn(events).map(({ approval }) => approval.objects[0]?.name)).toEqual(['a', 'c'])
  })

  describe('one of which needs an earlier one', () => {
    const list = [
      { kind: 'Namespace', name: 'new', verb: 'create' },
      { kind: 'ConfigMap', name: 'a', verb: 'create' },
      { kind: 'ConfigMap', name: 'b', verb: 'create' },
    ]
    function world(run?: (call: Phased) => object) {
      let exists = false
      return ownServer(
        ({ args }) => {
          if (args.manifest) return split(...list)
          const isMissing = args.kind !== 'Namespace' && !exists
          return isMissing ? refusal('missing-namespace', 'Namespace new does not exist.') : planOf(args)
        },
        run ??
          (({ args }) => {
            exists = true
            return outcomeOf(args, 'created')
          }),
      )
    }

    it('asks for it once that one has run', async () => {
      const { toolbox, approvalGate, runs } = world()
      const deps = () => ({
        model: scriptedModel(callTools(['kubectl_apply', manifest])),
        toolbox,
        policy,
        approvalGate,
      })
      const asked = askedIn((await ask('apply', deps())).events)
      expect(asked.map(({ approval }) => approval.objects[0]?.name)).toEqual(['new'])
      const second = await ask(answered(asked, [true]), { ...deps(), model: scriptedModel() })
      const next = askedIn(second.events)
      expect(next.map(({ approval }) => approval.objects[0]?.name)).toEqual(['a', 'b'])
      expect(second.finish.reason).toBe('approval-required')
      const model = scriptedModel(say('All are there.'))
      const { results } = await ask(answered(next, [true, true]), { ...deps(), model })
      expect(results.map(({ status }) => status)).toEqual(['ok', 'ok'])
      expect(runs().map(({ args }) => args.name)).toEqual(['new', 'a', 'b'])
    })

    it('answers for all if that one is refused', async () => {
      const { toolbox, approvalGate } = world(({ args }) => outcomeOf(args, 'refused', 'refused'))
      const deps = () => ({
        model: scriptedModel(callTools(['kubectl_apply', manifest])),
        toolbox,
        policy,
        approvalGate,
      })
      const asked = askedIn((await ask('apply', deps())).events)
      const { results } = await ask(answered(asked, [true]), { ...deps(), model: scriptedModel(say('Nothing.')) })
      expect(results.map(({ forModel }) => forModel)).toEqual([
        expect.stringContaining('Refused'),
        expect.stringContaining('Not tried'),
        expect.stringContaining('Not tried'),
      ])
    })

    it('answers for all if that one is declined', async () => {
      const { toolbox, approvalGate } = world()
      const deps = () => ({
        model: scriptedModel(callTools(['kubectl_apply', manifest])),
        toolbox,
        policy,
        approvalGate,
      })
      const asked = askedIn((await ask('apply', deps())).events)
      const { results } = await ask(answered(asked, [false]), { ...deps(), model: scriptedModel(say('Nothing.')) })
      expect(results.map(({ status }) => status)).toEqual(['declined', 'error', 'error'])
      expect(results[1]?.forModel).toContain('Namespace new does not exist')
    })
  })
})

describe('several cards in one step', () => {
  it('stand in the order of the calls, however long each takes to be planned (writes-17)', async () => {
    const order = ['a', 'b', 'c']
    const waits = new Map(order.map((name) => [name, Promise.withResolvers<void>()]))
    const own = ownServer(({ args }) => planOf(args))
    const slow: Toolbox = {
      tools: own.toolbox.tools,
      async call(name, args, options) {
        await waits.get(String(args.name))?.promise
        return await own.toolbox.call(name, args, options)
      },
    }
    const approvalGate = testApprovalGate({ prepare: (call, signal) => prepareChange(call, slow, signal) })
    const model = scriptedModel(callTools(...order.map((name): [string, object] => ['kubectl_scale', { name }])))
    const turn = ask('scale all', { model, toolbox: slow, policy, approvalGate })
    for (const name of ['c', 'b', 'a']) {
      waits.get(name)?.resolve()
      await new Promise(setImmediate)
    }
    expect(askedIn((await turn).events).map(({ approval }) => approval.objects[0]?.name)).toEqual(order)
  })
})
