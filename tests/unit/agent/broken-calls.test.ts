import { describe, expect, it } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import { brokenCall } from '../../../server/model/frames/broken-call'
import { ModelError } from '../../../server/model/types'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'

const PODS = 'NAMESPACE   NAME    READY\nshop        web-1   1/1\n'

/** The server's error about the model's call. */
function broken(words: string): ModelError {
  const error = brokenCall(words)
  if (!error) throw new Error(`not recognized: ${words}`)
  return error
}

const UNFINISHED = `error parsing tool call: raw='{"namespace": "shop', err=unexpected end of JSON input`

describe('a call that the model server could not read', () => {
  it.each([
    ['model-1', UNFINISHED, 'one complete JSON object'],
    ['model-2', "error parsing tool call: raw='', err=unexpected end of JSON input", 'with {}'],
    ['two calls', "error parsing tool call: raw='{}{}', err=invalid character '{' after top-level value", 'two calls'],
    ['model-4', 'unexpected tokens remaining in message header: ["to=functions.pods_list"]', 'complete JSON'],
    ['llama.cpp', 'Failed to parse input at pos 12: <|channel|>commentary', 'complete JSON'],
  ])('%s: is asked for again with the reason', async (_, words, advice) => {
    const model = scriptedModel(broken(words), callTools(['pods_list', {}]), say('One pod.'))
    const { finish, text, events } = await ask('pods', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(finish.reason).toBe('stop')
    expect(text).toBe('One pod.')
    expect(events.map(({ type }) => type)).toContain('step-reset')
    const hint = model.requests[1]?.messages.at(-1)
    expect(hint).toMatchObject({ role: 'user', content: expect.stringContaining(words) })
    expect(hint?.content).toContain(advice)
    // The hint is for that request alone.
    expect(JSON.stringify(model.requests[2])).not.toContain('could not be read')
  })

  it('model-1: ends the turn after two corrections, without blaming the server', async () => {
    const model = scriptedModel(broken(UNFINISHED), broken(UNFINISHED), broken(UNFINISHED))
    const { error } = await ask('pods', { model })
    expect(model.requests).toHaveLength(3)
    expect(error).toMatchObject({ code: 'model-bad-response' })
    expect(error?.detail.text).toContain('valid tool call')
  })

  it('an answer that breaks off is asked for again with a hint that fits a crash too', async () => {
    const cut = new ModelError('model-cut', quotedWords('cut'))
    const model = scriptedModel(cut, broken(UNFINISHED), say('ok'))
    const { finish } = await ask('hello', { model })
    expect(finish.reason).toBe('stop')
    expect(model.requests[1]?.messages.at(-1)?.content).toContain('broke off')
    expect(model.requests[2]?.messages.at(-1)?.content).toContain('raw=')
    expect(model.requests.map(({ stream }) => stream)).toEqual([undefined, false, false])
  })

  it('model-5: an answer without a call and without text is asked for again', async () => {
    const model = scriptedModel(say(''), say('ok'))
    const { text } = await ask('hello', { model })
    expect(text).toBe('ok')
    expect(model.requests[1]?.messages.at(-1)?.content).toContain('empty')
  })

  it('a refused history is no mistake of the model', () => {
    expect(brokenCall('invalid tool call arguments')).toBeUndefined()
    expect(brokenCall('scripted failure')).toBeUndefined()
  })
})

describe('a server that fails for no reason in the request', () => {
  it('is asked again once', async () => {
    const failed = new ModelError('model-bad-response', quotedWords('500'), { isTransient: true })
    expect((await ask('hello', { model: scriptedModel(failed, say('ok')) })).finish.reason).toBe('stop')
    expect((await ask('hello', { model: scriptedModel(failed, failed) })).finish.reason).toBe('error')
  })
})

describe('null in arguments (model-3)', () => {
  it.each([
    ['the arguments', 'null', {}],
    ['an argument', '{"labelSelector":null,"namespace":"shop"}', { namespace: 'shop' }],
  ])('means "not given" as %s', async (_, written, args) => {
    const toolbox = scriptedToolbox({ pods_list: PODS })
    await ask('pods', { model: scriptedModel(callTools(['pods_list', written]), say('ok')), toolbox })
    expect(toolbox.calls).toEqual([{ name: 'pods_list', args }])
  })
})
