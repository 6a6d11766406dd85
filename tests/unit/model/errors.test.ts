import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../../../server/model/types'
import { stepEvents } from '../../support/agent/step-events'
import { answer, createGate } from '../../support/ollama'
import type { Answer } from '../../support/ollama'
import { modelAt, question, run, useReplay } from './replay'

const replay = useReplay()

async function failure(script: Answer, options = {}): Promise<ModelError> {
  replay.get().enqueue(script)
  return thrown(run(replay.get(), options))
}

async function thrown(step: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await step.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof ModelError) return error
  throw new Error('No ModelError was thrown', { cause: error })
}

describe('errors before the first byte', () => {
  it('says how to get a model that is not there', async () => {
    const error = await failure(answer.error(404, "model 'gpt-oss:20b' not found", 'not_found_error'))
    expect(error.code).toBe('model-not-found')
    expect(error.message).toContain('ollama pull gpt-oss:20b')
  })

  it('takes a 404 that names no model for a wrong address', async () => {
    const error = await failure(answer.status(404, '404 page not found'))
    expect(error.code).toBe('model-bad-response')
    expect(error.message).toContain('OLLAMA_BASE_URL')
  })

  it('knows a model that does not support tools', async () => {
    const message = 'registry.ollama.ai/library/gemma:2b does not support tools'
    const error = await failure(answer.error(400, message, 'invalid_request_error'))
    expect(error.code).toBe('model-no-tools')
    expect(error.message).toContain('OLLAMA_MODEL')
  })

  it('knows a busy server, and asks it only once', async () => {
    const error = await failure(answer.error(503, 'server busy, please try again.  maximum pending requests exceeded'))
    expect(error.code).toBe('model-busy')
    expect(error.message).toContain('maximum pending requests exceeded')
    expect(replay.get().requests).toHaveLength(1)
  })

  it("passes a server's other words on, on one bounded line", async () => {
    const error = await failure(answer.error(500, `model requires more system memory\n${'x'.repeat(1000)}`))
    expect(error.code).toBe('model-bad-response')
    expect(error.message).toContain('500: model requires more system memory x')
    expect(error.message.length).toBeLessThan(500)
    expect(replay.get().requests).toHaveLength(1)
  })

  it.each([401, 403])('points to the key after a %i, without its words', async (status) => {
    const error = await failure(answer.error(status, 'Incorrect API key provided: sk-123'))
    expect(error.message).toContain('OLLAMA_API_KEY')
    expect(error.message).not.toContain('sk-123')
  })

  it.each([
    [502, 'model-unreachable'],
    [503, 'model-unreachable'],
    [504, 'model-unreachable'],
    [413, 'model-bad-response'],
    [404, 'model-bad-response'],
  ])("says that a proxy's page with %i is one, and shows nothing of it", async (status, code) => {
    const error = await failure(answer.html(status, '<html><body><h1>nginx</h1></body></html>'))
    expect(error.code).toBe(code)
    expect(error.message).toContain('web page')
    expect(error.message).toContain(String(status))
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/nginx|<h1>/)
  })

  it('knows a page that is not declared as one', async () => {
    const error = await failure(answer.status(502, '<!DOCTYPE html>\n<html>secret</html>'))
    expect(error.message).toContain('web page')
    expect(error.message).not.toContain('secret')
  })

  it('knows a page with status 200, as of a login', async () => {
    const error = await failure(answer.html(200))
    expect(error.code).toBe('model-bad-response')
    expect(error.message).toContain('a web page (status 200)')
  })

  it('does not follow a redirect', async () => {
    const error = await failure(answer.status(307, '', { location: '/elsewhere' }))
    expect(error.code).toBe('model-bad-response')
    expect(error.message).toContain('redirect')
    expect(replay.get().requests.map(({ path }) => path)).toEqual(['/v1/chat/completions'])
  })

  it('says that nothing listens', async () => {
    const { url } = replay.get()
    await replay.get().close()
    const error = await thrown(Array.fromAsync(stepEvents(modelAt(url), question, new AbortController().signal)))
    expect(error.code).toBe('model-unreachable')
    expect(error.message).toContain(url)
    expect(error.message).toContain('connection refused')
  })

  it('says that a host is not known, and no password of its URL', async () => {
    const step = stepEvents(modelAt('http://me:hidden@model.invalid:11434'), question, new AbortController().signal)
    const error = await thrown(Array.fromAsync(step))
    expect(error.code).toBe('model-unreachable')
    expect(error.message).toContain('http://model.invalid:11434')
    expect(error.message).not.toContain('hidden')
  })

  it('says that the connection was closed before an answer', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const step = stepEvents(modelAt(`http://127.0.0.1:${port}`), question, new AbortController().signal)
    const error = await thrown(Array.fromAsync(step))
    await new Promise((resolve) => server.close(resolve))
    expect(error.code).toBe('model-unreachable')
    expect(error.message).toContain('closed the connection before it answered')
  })
})

describe('errors in mid-stream', () => {
  it('takes an end without finish_reason for the failure it is: on /v1 Ollama swallows errors', async () => {
    expect((await failure(answer.text('Hel').cutOff())).code).toBe('model-cut')
    expect((await failure(answer.reasoning('We').cutOff())).code).toBe('model-cut')
    expect((await failure(answer.cutOff())).code).toBe('model-cut')
  })

  it('takes [DONE] without finish_reason for a failure too', async () => {
    expect((await failure(answer.text('Hel').finish('none'))).code).toBe('model-cut')
  })

  it('knows a reset', async () => {
    const error = await failure(answer.text('Hel').reset())
    expect(error.code).toBe('model-cut')
    expect(error.message).toContain('broke in the middle')
  })

  it('passes on an error that a server does send', async () => {
    const error = await failure(answer.text('Hel').raw('data: {"error":{"message":"out of memory"}}\n\n'))
    expect(error.code).toBe('model-cut')
    expect(error.message).toContain('out of memory')
  })

  it.each(['data: {"choices":[{"delta":{"content":5}}]}\n\n', 'data: {"choices\n\n', 'data: []\n\n'])(
    'refuses a chunk that is none: %j',
    async (frame) => {
      expect((await failure(answer.raw(frame))).code).toBe('model-bad-response')
    },
  )
})

describe('silence', () => {
  it('gives up a stream that falls silent, and closes its connection', async () => {
    const gate = createGate()
    const error = await failure(answer.text('Hel').hold(gate).text('lo'), { stallMs: 40 })
    expect(error.code).toBe('model-stalled')
    const [request] = replay.get().requests
    expect(await request?.closed).toMatchObject({ complete: false })
  })

  it('waits for the first token as long as configured, independent of the stall limit', async () => {
    const gate = createGate()
    const early = await failure(answer.hold(gate).text('late'), { stallMs: 60_000, firstTokenMs: 40 })
    expect(early.code).toBe('model-stalled')
    expect(early.message).toContain('did not begin to answer')
  })
})
