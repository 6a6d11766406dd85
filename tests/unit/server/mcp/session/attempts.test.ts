import { describe, expect, it } from 'vitest'
import { quotedWords } from '../../../../../shared/messages/create'
import { reduce } from '../../../../../server/mcp/session/reduce'
import { initialState, publicState } from '../../../../../server/mcp/session/state'
import type {
  ReadyState,
  SessionEffect,
  SessionEvent,
  SessionState,
  Step,
} from '../../../../../server/mcp/session/state'
import { EVENTS, history, http, link, ready, sse, timing, told } from './samples'

/** Runs events one after the other; connections are discarded as soon as that is asked for. */
function walk(state: SessionState, events: readonly SessionEvent[], context = http): Step {
  const effects: SessionEffect[] = []
  for (const event of events) {
    const step = reduce(state, event, context)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects }
}

const waits = ({ effects }: Step) => effects.flatMap((each) => (each.type === 'schedule-attempt' ? [each.ms] : []))
const count = ({ effects }: Step, type: SessionEffect['type']) => effects.filter((each) => each.type === type).length
const failedAttempts = (times: number, first = 1): SessionEvent[] =>
  Array.from({ length: times }).flatMap((_, at): SessionEvent[] => [
    at === 0 && first === 1 ? { type: 'start' } : { type: 'attempt-due' },
    { type: 'connect-failed', link: first + at, fault: 'session', reason: quotedWords('refused') },
  ])

describe('the attempts of an MCP session', () => {
  it('follow at growing pauses, and at a slow pace when they are used up', () => {
    expect(waits(walk(initialState(0), failedAttempts(5)))).toEqual([100, 200, 9000, 9000, 9000])
  })

  it('reset the session at the maximum, and as often after it', () => {
    expect([2, 3, 5, 6].map((times) => count(walk(initialState(0), failedAttempts(times)), 'replace-program'))).toEqual(
      [0, 1, 1, 2],
    )
  })

  it('are reported as connecting, then as down until one succeeds, then as reconnecting', () => {
    const states = [0, 2, 3, 4].map((times) => publicState(walk(initialState(0), failedAttempts(times)).state, timing))
    expect(states).toEqual(['connecting', 'connecting', 'down', 'down'])
    const { state } = walk(initialState(0), [
      ...failedAttempts(3),
      { type: 'wanted' },
      { type: 'connected', link: 4, credentials: 0 },
    ])
    expect(publicState(state, timing)).toBe('ready')
    const lost = walk(state, [
      { type: 'call-answered', link: 4, call: 1 },
      { type: 'closed', link: 4, reason: quotedWords('gone') },
    ])
    expect(publicState(lost.state, timing)).toBe('reconnecting')
  })

  it('count the loss of a connection that never was steady, but not of one that was', () => {
    const unsteady: ReadyState = { ...ready, steady: false, history: { ...history, failures: 2 } }
    const closed: SessionEvent = { type: 'closed', link, reason: quotedWords('gone') }
    const discarded: SessionEvent = { type: 'discarded', link }
    expect(told(walk(unsteady, [closed, discarded]), unsteady)).toContain('failed, 3 failures')
    for (const event of [
      { type: 'steady-due', link },
      { type: 'call-answered', link, call: 7 },
    ] as const)
      expect(told(walk(unsteady, [event, closed, discarded]), unsteady)).toContain('connecting, 0 failures')
  })

  it('keep a pause to an SSE server that was just left, also if somebody waits', () => {
    const lost = reduce({ phase: 'resetting', history, link }, { type: 'discarded', link }, sse)
    expect(lost.effects).toEqual([{ type: 'schedule-attempt', ms: 0, atLeastMs: 600 }])
    const wanted = reduce(lost.state, { type: 'wanted' }, { ...sse, now: sse.now + 400 })
    expect(wanted.effects).toEqual([{ type: 'schedule-attempt', ms: 200, atLeastMs: 200 }])
    expect(count(reduce(lost.state, { type: 'wanted' }, { ...sse, now: sse.now + 600 }), 'open')).toBe(1)
  })

  it('note the time of a change that is reported, and of no other', () => {
    const at = (now: number) => ({ ...http, now })
    const failed = reduce(
      { phase: 'connecting', history, link },
      EVENTS['connect-failed'] ?? { type: 'start' },
      at(20_000),
    )
    expect(failed.state.history.since).toBe(1000)
    expect(reduce(ready, { type: 'closed', link, reason: quotedWords('gone') }, at(30_000)).state.history.since).toBe(
      30_000,
    )
  })
})

describe('any series of events', () => {
  const events = Object.values(EVENTS)

  it.each([1, 2, 3, 4, 5])('opens one connection at a time, and none after the stop (%i)', (seed) => {
    const random = numbers(seed)
    let state = initialState(0)
    const open = new Set<number>()
    for (let at = 0; at < 2000; at++) {
      const event = events[Math.floor(random() * events.length)] ?? { type: 'start' }
      if (event.type === 'stop' && at < 1900) continue
      // Half of the events belong to the connection in use.
      const current = 'link' in state && 'link' in event && random() < 0.5 ? { ...event, link: state.link } : event
      const step = reduce(state, current, { ...(random() < 0.5 ? http : sse), now: at })
      if (current.type === 'connect-failed') open.delete(current.link)
      for (const effect of step.effects) {
        if (effect.type === 'discard') open.delete(effect.link)
        if (effect.type === 'open') {
          expect(open).toEqual(new Set())
          open.add(effect.link)
        }
        if (effect.type === 'open') expect(state.phase).not.toBe('closed')
      }
      const verdicts = step.effects.filter(({ type }) => type === 'settle-call')
      expect(verdicts).toHaveLength(current.type === 'call-failed' ? 1 : 0)
      state = step.state
    }
  })
})

/** Lehmer's generator: the same numbers for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
