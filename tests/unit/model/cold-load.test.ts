import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { stepEvents } from '../../support/agent/step-events'
import { answer, createGate } from '../../support/ollama'
import { modelAt, question, run, textOf, useReplay } from './replay'

const replay = useReplay()
// Once for the file: undici keeps one timer of its own over all requests.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }))
afterAll(() => void vi.useRealTimers())

const SEVEN_MINUTES = 7 * 60_000

describe('long waits that are not failures', () => {
  it("outlasts undici's 300 s on headers while a cold model is loaded", async () => {
    const gate = createGate()
    replay.get().enqueue(answer.hold(gate).text('Hello'))
    const step = run(replay.get())
    await gate.reached
    await vi.advanceTimersByTimeAsync(SEVEN_MINUTES)
    gate.release()
    expect(textOf(await step)).toBe('Hello')
  })

  it("outlasts undici's 300 s on the body while arguments are written in silence", async () => {
    const gate = createGate()
    replay.get().enqueue(answer.text('Hello').hold(gate).text(' again'))
    const events = stepEvents(
      modelAt(replay.get().url, { stallMs: 2 * SEVEN_MINUTES }),
      question,
      new AbortController().signal,
    )
    await events.next()
    const next = events.next()
    await vi.advanceTimersByTimeAsync(SEVEN_MINUTES)
    gate.release()
    expect((await next).value).toEqual({ type: 'text', text: ' again' })
    await events.return()
  })
})
