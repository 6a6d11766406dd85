import { describe, expect, it } from 'vitest'
import { askedNote } from '../../../shared/chat/asked'
import { quotedWords } from '../../../shared/messages/create'
import { ModelError } from '../../../server/model/types'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'

const PODS = `NAMESPACE   NAME    READY   STATUS    RESTARTS   AGE
shop        web-1   1/1     Running   0          5m
shop        web-2   0/1     Error     3          5m
`

describe('a turn', () => {
  it('asks the model, runs the tool, gives the result back, and ends with the answer', async () => {
    const model = scriptedModel(callTools(['pods_list', {}]), say('Two pods, one is broken.'))
    const toolbox = scriptedToolbox({ pods_list: PODS })
    const { events, results, text, finish } = await ask('Show me all pods', { model, toolbox })
    expect(events.map((event) => event.type)).toEqual([
      'step-start',
      'window',
      'tool-call',
      'tool-result',
      'step-end',
      'step-start',
      'text-delta',
      'window',
      'step-end',
      'finish',
    ])
    expect(results[0]?.forPerson).toMatchObject({ kind: 'table', rows: [{ length: 6 }, { length: 6 }] })
    expect(text).toBe('Two pods, one is broken.')
    expect(finish.reason).toBe('stop')
    const [, , assistant, result] = model.requests[1]?.messages ?? []
    expect(assistant).toMatchObject({ role: 'assistant', toolCalls: [{ name: 'pods_list', arguments: '{}' }] })
    expect(result).toMatchObject({ role: 'tool', name: 'pods_list' })
    expect(result?.content).toContain('web-2')
  })

  it('sends reasoning back inside the tool loop', async () => {
    const model = scriptedModel(
      [{ type: 'reasoning', text: 'I need the pods.' }, ...callTools(['pods_list', {}])],
      say('ok'),
    )
    await ask('pods?', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(model.requests[1]?.messages[2]).toMatchObject({ reasoning: 'I need the pods.' })
  })

  it('runs parallel reads in parallel, and each has one result', async () => {
    let running = 0
    let most = 0
    const both = Promise.withResolvers<void>()
    const slow = async () => {
      running++
      most = Math.max(most, running)
      if (running === 2) both.resolve()
      await both.promise
      return { isError: false, texts: ['fine'] }
    }
    const toolbox = scriptedToolbox({ pods_list: slow, events_list: slow })
    const model = scriptedModel(callTools(['pods_list', {}], ['events_list', {}]), say('ok'))
    const { results } = await ask('all', { model, toolbox })
    expect(most).toBe(2)
    expect(results).toHaveLength(2)
    expect(model.requests[1]?.messages.filter((message) => message.role === 'tool')).toHaveLength(2)
  })

  it('keeps two calls with the same id of the model apart', async () => {
    const calls = callTools(['pods_list', {}], ['events_list', {}]).map((event) =>
      event.type === 'tool-call' ? { ...event, id: 'same' } : event,
    )
    const { events } = await ask('all', {
      model: scriptedModel(calls, say('ok')),
      toolbox: scriptedToolbox({ pods_list: PODS, events_list: 'none' }),
    })
    const ids = events.flatMap((event) => (event.type === 'tool-result' ? [event.id] : []))
    expect(new Set(ids).size).toBe(2)
  })

  it('answers an unknown tool with the valid names, and continues', async () => {
    const model = scriptedModel(callTools(['get_all_the_pods', {}]), say('sorry'))
    const { results, finish } = await ask('hello', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(results[0]).toMatchObject({ status: 'error' })
    expect(results[0]?.forModel).toContain('pods_list')
    expect(finish.reason).toBe('stop')
  })

  it('refuses a write in read-only mode, and does not run it', async () => {
    const toolbox = scriptedToolbox({ kubectl_scale: 'scaled', frobnicate: 'done' })
    const model = scriptedModel(
      callTools(['kubectl_scale', { name: 'web', replicas: 5 }], ['frobnicate', {}]),
      say('ok'),
    )
    const { results } = await ask('scale', { model, toolbox })
    expect(toolbox.calls).toEqual([])
    expect(results.map((result) => result.status)).toEqual(['denied', 'denied'])
    expect(results[0]?.forModel).toContain('read-only')
  })

  it('redacts the arguments before page and history see them', async () => {
    const model = scriptedModel(callTools(['pods_list', { password: 'hunter2hunter2' }]), say('ok'))
    const { events } = await ask('pods', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(JSON.stringify([events, model.requests])).not.toContain('hunter2hunter2')
  })

  it('asks again for broken JSON arguments, and gives up after the third in a row', async () => {
    const broken = callTools(['pods_list', '{"namespace": "shop'])
    const mended = await ask('pods', {
      model: scriptedModel(broken, callTools(['pods_list', {}]), say('ok')),
      toolbox: scriptedToolbox({ pods_list: PODS }),
    })
    expect(mended.results.map((result) => result.status)).toEqual(['error', 'ok'])
    expect(mended.finish.reason).toBe('stop')
    const model = scriptedModel(broken, broken, broken)
    const lost = await ask('pods', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(lost.error?.code).toBe('model-bad-response')
    expect(lost.finish.reason).toBe('error')
    // Ollama refuses a history whose arguments are not a JSON object with a 400.
    expect(model.requests[2]?.messages[2]).toMatchObject({ toolCalls: [{ arguments: '{}' }] })
  })

  it('answers a repeated call with a correction, in any order of its arguments', async () => {
    const toolbox = scriptedToolbox({ pods_get: 'pod' })
    const model = scriptedModel(
      callTools(['pods_get', { name: 'web-1', namespace: 'shop' }]),
      callTools(['pods_get', { namespace: 'shop', name: 'web-1' }]),
      say('ok'),
    )
    const { results } = await ask('pod', { model, toolbox })
    expect(toolbox.calls).toHaveLength(1)
    expect(results[1]?.forModel).toContain('made already')
  })

  it('caps the rounds, and lets the model answer with what it has', async () => {
    const steps = [1, 2, 3].map((n) => callTools(['pods_list', { labelSelector: `n=${n}` }]))
    const model = scriptedModel(...steps, say('That is all I found.'))
    const { finish, text } = await ask('loop', { model, toolbox: scriptedToolbox({ pods_list: PODS }), maxRounds: 3 })
    expect(finish.reason).toBe('tool-calls')
    expect(text).toContain('all I found')
  })

  it('keeps the tools after the last round, and refuses further calls once before it ends', async () => {
    const steps = [1, 2, 3].map((n) => callTools(['pods_list', { labelSelector: `n=${n}` }]))
    const toolbox = scriptedToolbox({ pods_list: PODS })
    const model = scriptedModel(...steps, say('That is all I found.'))
    const { results, text } = await ask('loop', { model, toolbox, maxRounds: 2 })
    expect(toolbox.calls).toHaveLength(2)
    expect(results.at(-1)?.forModel).toMatch(/no more calls in this turn.*Answer now/)
    expect(text).toContain('all I found')
    for (const { tools } of model.requests) expect(tools).toEqual(model.requests[0]?.tools)
    // What the model server has read stays as it was.
    const sent = model.requests.map(({ messages }) => messages)
    for (const [at, messages] of sent.entries())
      if (at > 0) expect(messages.slice(0, sent[at - 1]?.length)).toEqual(sent[at - 1])

    const never = await ask('loop', { model: scriptedModel(...steps, ...steps), toolbox, maxRounds: 2 })
    expect(never.notices.join()).toContain('used all tool calls')
    expect(never.finish.reason).toBe('tool-calls')
  })

  it('asks again if there is reasoning but no answer, then reports it', async () => {
    const empty = [{ type: 'reasoning', text: 'hm' } as const, { type: 'finish', reason: 'stop' } as const]
    const mended = await ask('hello', { model: scriptedModel(empty, say('Hello.')) })
    expect(mended.text).toBe('Hello.')
    expect(mended.finish.reason).toBe('stop')
    const lost = await ask('hello', { model: scriptedModel(empty, empty, empty) })
    expect(lost.error?.code).toBe('model-empty')
  })

  it('knows a general question above the notes of the page', async () => {
    const note = askedNote({ time: '2026-11-29T14:02:00+07:00', zone: 'Asia/Ho_Chi_Minh' })
    const { text, notices } = await ask(`hello\n\n${note}`, { model: scriptedModel(say('Hello.')) })
    expect({ text, notices }).toEqual({ text: 'Hello.', notices: [] })
  })

  it('model-25: nudges a model that prints a command in place of calling, once', async () => {
    const narration = say('Run this:\n```bash\nkubectl get pods -A\n```')
    const model = scriptedModel(narration, callTools(['pods_list', {}]), say('Two pods.'))
    const { results, finish } = await ask('Show me all pods', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(results).toHaveLength(1)
    expect(finish.reason).toBe('stop')
    const twice = await ask('Show me all pods', { model: scriptedModel(narration, narration) })
    expect(twice.finish.reason).toBe('stop')
  })

  it('does not nudge if a command was requested', async () => {
    const { finish } = await ask('Which kubectl command lists pods?', {
      model: scriptedModel(say('kubectl get pods -A')),
    })
    expect(finish.reason).toBe('stop')
  })

  it('does not execute a call that is written into the content, and reports it', async () => {
    const toolbox = scriptedToolbox({ pods_list: PODS })
    const written = say('{"name": "pods_list", "parameters": {}}')
    const { error, events } = await ask('pods', { model: scriptedModel(written, written, written), toolbox })
    expect(toolbox.calls).toEqual([])
    expect(error?.detail.text).toContain('wrote tool calls as text')
    // All three are taken from the page.
    expect(events.filter(({ type }) => type === 'step-reset')).toHaveLength(3)
  })

  it('model-8: makes a model that repeats one call answer, and says that it does not', async () => {
    const call = callTools(['pods_list', {}])
    const { results, notices, finish } = await ask('pods', {
      model: scriptedModel(call, call, call, call),
      toolbox: scriptedToolbox({ pods_list: PODS }),
    })
    expect(results[0]?.forPerson.kind).toBe('table')
    expect(notices.join()).toContain('repeated a call')
    expect(finish.reason).toBe('tool-calls')
  })

  it('model-42: names the limit and the setting when reasoning used up the answer twice', async () => {
    const thinking = [{ type: 'reasoning', text: 'hm' } as const, { type: 'finish', reason: 'length' } as const]
    const { error } = await ask('hello', { model: scriptedModel(thinking, thinking) })
    expect(error?.code).toBe('model-empty')
    expect(error?.detail.text).toContain('MODEL_REASONING_EFFORT')
  })

  it('discards a truncated stream and asks again, once', async () => {
    const cut = async function* () {
      yield { type: 'text', text: 'Half an ans' } as const
      throw new ModelError('model-cut', quotedWords('cut'))
    }
    const mended = await ask('hello', { model: scriptedModel(cut, say('Hello.')) })
    expect(mended.events.map((event) => event.type)).toContain('step-reset')
    expect(mended.finish.reason).toBe('stop')
    const lost = await ask('hello', { model: scriptedModel(cut, cut) })
    expect(lost.error?.code).toBe('model-cut')
    expect(lost.finish.reason).toBe('error')
  })

  it('asks the second time for the whole answer: a server that swallows errors in a stream then tells them', async () => {
    const cut = new ModelError('model-cut', quotedWords('cut'))
    const model = scriptedModel(cut, say('Hello.'))
    const { events } = await ask('hello', { model })
    expect(model.requests.map(({ stream }) => stream)).toEqual([undefined, false])
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(['step-reset', 'progress']))
  })

  it.each(['model-busy', 'model-unreachable'] as const)('asks again after %s, and then tells it', async (code) => {
    const error = new ModelError(code, quotedWords('Try again.'))
    const healed = await ask('hello', { model: scriptedModel(error, say('Hello.')) })
    expect(healed.text).toBe('Hello.')
    expect(healed.events.map((event) => event.type)).toContain('progress')
    const lasting = await ask('hello', { model: scriptedModel(error, error) })
    expect(lasting.error).toMatchObject({ code, detail: quotedWords('Try again.') })
    expect(lasting.finish.reason).toBe('error')
  })

  it('model-43: waits longer for a server that broke off: it is being restarted', async () => {
    const cut = new ModelError('model-cut', quotedWords('cut'))
    const down = new ModelError('model-unreachable', quotedWords('refused'))
    const pauses = { busyMs: [], unreachableMs: [], restartMs: [0, 0, 0] }
    const { text } = await ask('hello', { model: scriptedModel(cut, down, down, say('Hello.')), pauses })
    expect(text).toBe('Hello.')
    const { error } = await ask('hello', { model: scriptedModel(down), pauses })
    expect(error?.code).toBe('model-unreachable')
  })

  it('is stopped in the pause before it asks again', async () => {
    const stop = new AbortController()
    const busy = async function* () {
      setImmediate(() => stop.abort())
      yield { type: 'waiting' as const, state: 'waiting-for-model' as const }
      throw new ModelError('model-busy', quotedWords('Try again.'))
    }
    const pauses = { busyMs: [600_000], unreachableMs: [], restartMs: [] }
    const { finish } = await ask('hello', { model: scriptedModel(busy), pauses }, stop.signal)
    expect(finish.reason).toBe('aborted')
  })

  it('does not ask a server again that wants minutes', async () => {
    const busy = new ModelError('model-busy', quotedWords('Later.'), { retryAfterMs: 600_000 })
    expect((await ask('hello', { model: scriptedModel(busy) })).error?.code).toBe('model-busy')
  })

  it('turns every other error of the model into words', async () => {
    const { error, finish } = await ask('hello', {
      model: scriptedModel(new ModelError('model-stalled', quotedWords('Silent.'))),
    })
    expect(error).toMatchObject({ code: 'model-stalled', detail: quotedWords('Silent.') })
    expect(finish.reason).toBe('error')
  })

  it('gives a failed tool to the model as a result', async () => {
    const model = scriptedModel(callTools(['pods_list', {}]), say('It failed.'))
    const toolbox = scriptedToolbox({ pods_list: { isError: true, texts: ['pods is forbidden'] } })
    const { results } = await ask('pods', { model, toolbox })
    expect(results[0]).toMatchObject({ status: 'error', forModel: expect.stringContaining('forbidden') })
  })

  it('stops at once when aborted in a tool call, which gets its result all the same', async () => {
    const stop = new AbortController()
    const toolbox = scriptedToolbox({
      pods_list: (_args, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          stop.abort(new Error('stop'))
        }),
    })
    const { results, finish } = await ask(
      'pods',
      { model: scriptedModel(callTools(['pods_list', {}])), toolbox },
      stop.signal,
    )
    expect(results[0]).toMatchObject({ status: 'cancelled' })
    expect(finish.reason).toBe('aborted')
  })

  it("stops at once when aborted in the model's answer", async () => {
    const stop = new AbortController()
    const model = scriptedModel(async function* (_request, signal) {
      yield { type: 'text', text: 'Half' } as const
      stop.abort(new Error('stop'))
      signal.throwIfAborted()
    })
    const { text, finish } = await ask('hello', { model }, stop.signal)
    expect(text).toBe('Half')
    expect(finish.reason).toBe('aborted')
  })
})
