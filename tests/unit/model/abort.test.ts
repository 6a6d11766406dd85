import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { stepEvents } from '../../support/agent/step-events'
import { AT_ONCE, roundTripsUntil } from '../../support/at-once'
import { answer, createGate } from '../../support/ollama'
import { modelAt, question, run, useReplay } from './replay'

const replay = useReplay()

/** One round trip to the server that sees the step stopped. */
const probe = () => fetch(`${replay.get().url}/api/version`)

describe('stopping a step', () => {
  it('closes the connection at once in mid-answer, and throws the reason', async () => {
    const gate = createGate()
    const stop = new AbortController()
    const reason = new Error('the person pressed Stop')
    replay.get().enqueue(answer.text('Hel').hold(gate))
    const step = run(replay.get(), {}, question, stop.signal)
    const request = await replay.get().request()
    await gate.reached
    stop.abort(reason)
    await expect(step).rejects.toBe(reason)
    expect(await roundTripsUntil(request.closed, probe)).toBeLessThanOrEqual(AT_ONCE)
    expect(await request.closed).toMatchObject({ complete: false })
  })

  it('closes the connection at once while the model is still being loaded', async () => {
    const gate = createGate()
    const stop = new AbortController()
    replay.get().enqueue(answer.hold(gate))
    const step = run(replay.get(), {}, question, stop.signal)
    const request = await replay.get().request()
    await gate.reached
    stop.abort()
    await expect(step).rejects.toBe(stop.signal.reason)
    expect(await roundTripsUntil(request.closed, probe)).toBeLessThanOrEqual(AT_ONCE)
  })

  it('closes the connection while nobody reads the events', async () => {
    const gate = createGate()
    const stop = new AbortController()
    replay.get().enqueue(answer.text('Hel').hold(gate))
    const events = stepEvents(modelAt(replay.get().url), question, stop.signal)
    await events.next()
    const request = await replay.get().request()
    stop.abort()
    expect(await roundTripsUntil(request.closed, probe)).toBeLessThanOrEqual(AT_ONCE)
    await expect(events.next()).rejects.toBe(stop.signal.reason)
  })

  it('closes the connection if the reader leaves early', async () => {
    const gate = createGate()
    replay.get().enqueue(answer.text('Hel').hold(gate))
    const events = stepEvents(modelAt(replay.get().url), question, new AbortController().signal)
    await events.next()
    const request = await replay.get().request()
    await events.return()
    expect(await roundTripsUntil(request.closed, probe)).toBeLessThanOrEqual(AT_ONCE)
  })

  it('sends no request if it is already stopped', async () => {
    const reason = new Error('too late')
    await expect(run(replay.get(), {}, question, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(replay.get().requests).toEqual([])
  })

  it('throws the reason even if the answer was complete', async () => {
    const gate = createGate()
    const stop = new AbortController()
    const finish = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    replay.get().enqueue(answer.text('Hello').raw(finish).hold(gate))
    const step = run(replay.get(), {}, question, stop.signal)
    await gate.reached
    stop.abort()
    await expect(step).rejects.toBe(stop.signal.reason)
  })

  it('leaves no listener on the signal', async () => {
    const stop = new AbortController()
    replay.get().enqueue(answer.text('Hello'), answer.text('Hello').cutOff())
    await run(replay.get(), {}, question, stop.signal)
    await run(replay.get(), {}, question, stop.signal).catch(() => undefined)
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })
})
