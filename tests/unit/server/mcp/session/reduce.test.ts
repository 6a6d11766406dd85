import { describe, expect, it } from 'vitest'
import { reduce } from '../../../../../server/mcp/session/reduce'
import type { Call, ReadyState, SessionEvent } from '../../../../../server/mcp/session/state'
import { call, EVENTS, fails, http, own, ready, sse, STATES, told } from './samples'

const OPEN = 'connecting | open 3'
const STOPPED = 'closed, because closed | cancel-timers | release-callers | notify'
const STOPPED_OPEN = 'closed, because closed | cancel-timers | discard 2 | release-callers | notify'
const LOST = 'resetting, because why | discard 2 | log | notify'
const SILENT = 'resetting, because why | replace-program | discard 2 | log | notify'
const REPEAT: Record<string, string> = {
  idle: 'idle | repeat 7',
  connecting: 'connecting | repeat 7',
  resetting: 'resetting | repeat 7',
  reconnecting: 'reconnecting | repeat 7',
  failed: 'failed | repeat 7',
  closed: 'closed | repeat 7',
}
const asLost = (words: Record<string, string>, call: number) =>
  Object.fromEntries(Object.entries(words).map(([name, text]) => [name, text.replace('repeat 7', `lost ${call}`)]))

/** Events missing from the table change nothing: they are impossible in that state, or stale. */
const TABLE: Record<string, Record<string, string>> = {
  start: { idle: 'connecting | open 1' },
  stop: {
    idle: STOPPED,
    connecting: STOPPED_OPEN,
    ready: STOPPED_OPEN,
    silent: STOPPED_OPEN,
    writing: STOPPED_OPEN,
    resetting: STOPPED,
    reconnecting: STOPPED,
    failed: STOPPED,
  },
  wanted: {
    idle: 'connecting | open 1',
    ready: 'ready | release-callers',
    silent: 'ready | release-callers',
    writing: 'ready | release-callers',
    reconnecting: OPEN,
    failed: OPEN,
    closed: 'closed | release-callers',
  },
  'reconnect-requested': {
    ready: LOST.replace('why', 'reconnect was asked for'),
    silent: LOST.replace('why', 'reconnect was asked for'),
  },
  'credentials-renewed': {
    ready: LOST.replace('why', 'the credentials were renewed'),
    silent: LOST.replace('why', 'the credentials were renewed'),
  },
  'attempt-due': { reconnecting: OPEN, failed: OPEN },
  connected: { connecting: 'ready | schedule-steady 2 | log | release-callers | notify', closed: 'closed | discard 2' },
  'connected, gone': { closed: 'closed | discard 1' },
  'connect-failed': { connecting: 'reconnecting, 1 failures, because why | log | in 100 | notify' },
  'connect-failed, timeout': {
    connecting: 'reconnecting, 1 failures, because why | log | replace-program | in 100 | notify',
  },
  closed: { ready: LOST, silent: LOST, writing: LOST },
  discarded: { resetting: OPEN },
  'error of the stream': {
    ready: 'ready | ping, stream broke',
    silent: 'ready | ping, stream broke',
    writing: 'ready | ping, stream broke',
  },
  'list-changed': {
    connecting: 'connecting | list-tools 2',
    ready: 'ready | list-tools 2',
    silent: 'ready | list-tools 2',
    writing: 'ready | list-tools 2',
  },
  'tools-listed': {
    connecting: 'connecting, other tools | notify',
    ready: 'ready, other tools | notify',
    silent: 'ready, other tools | notify',
    writing: 'ready, other tools | notify',
  },
  'ping-due': { ready: 'ready | ping' },
  'ping-failed, session': { ready: LOST },
  'ping-failed, stream broke': { ready: LOST, silent: LOST, writing: LOST },
  'ping-failed, timeout': { ready: SILENT },
  heard: { silent: 'ready, silent since undefined' },
  'call-started': { ready: 'ready, 1 calls', silent: 'ready, 2 calls', writing: 'ready, 3 calls' },
  'call-answered': { silent: 'ready, 0 calls, silent since undefined', writing: 'ready, 1 calls' },
  'call-stopped': { silent: 'ready, 0 calls', writing: 'ready, 1 calls' },
  'call-failed': {
    ...REPEAT,
    ready: 'ready | hand-on 7',
    silent: 'ready, 0 calls, silent since undefined | hand-on 7',
    writing: 'ready, 1 calls | hand-on 7',
  },
  'call-failed, timeout': {
    ...REPEAT,
    ready: 'ready, silent since 10000 | hand-on 7 | ping',
    silent: SILENT.replace('why', 'the MCP server answers nothing any more').replace(' | ', ' | hand-on 7 | '),
    writing: 'ready, 1 calls, silent since 10000 | hand-on 7',
  },
  'call-failed, session': {
    ...REPEAT,
    ready: LOST.replace(' | ', ' | repeat 7 | '),
    silent: LOST.replace(' | ', ' | repeat 7 | '),
    writing: LOST.replace(' | ', ' | repeat 7 | '),
  },
  'call-failed, session, write': {
    ...asLost(REPEAT, 8),
    ready: LOST.replace(' | ', ' | lost 8 | '),
    silent: LOST.replace(' | ', ' | lost 8 | '),
    writing: LOST.replace(' | ', ' | lost 8 | '),
  },
  'call-failed, gone': {
    ...REPEAT,
    ready: 'ready | repeat 7',
    silent: 'ready | repeat 7',
    writing: 'ready | repeat 7',
  },
  'call-failed, gone, single-read': {
    ...asLost(REPEAT, 7),
    ready: 'ready | lost 7',
    silent: 'ready | lost 7',
    writing: 'ready | lost 7',
  },
}

const cells = Object.entries(EVENTS).flatMap(([eventName, event]) =>
  Object.entries(STATES).map(([stateName, state]) => ({ eventName, event, stateName, state })),
)

describe('the MCP session', () => {
  it.each(cells)('answers "$eventName" when $stateName', ({ eventName, event, stateName, state }) => {
    const step = reduce(state, event, http)
    const expected = TABLE[eventName]?.[stateName]
    if (expected === undefined) expect(step).toEqual({ state, effects: [] })
    else expect(told(step, state)).toBe(expected)
  })

  it('has a cell for each entry of the table', () => {
    const used = Object.entries(TABLE).flatMap(([name, row]) => [
      name in EVENTS,
      ...Object.keys(row).map((key) => key in STATES),
    ])
    expect(used).not.toContain(false)
  })

  it('loses the connection with its stream over SSE alone', () => {
    const event = EVENTS['error of the stream'] ?? { type: 'start' }
    expect(reduce(ready, event, sse).state.phase).toBe('resetting')
    expect(reduce(ready, event, { ...http, transport: 'stdio' })).toEqual({ state: ready, effects: [] })
  })

  it('gives a hung server up at the second call that it does not answer, but for a call begun before the first', () => {
    const silent: ReadyState = { ...ready, silentSince: 6000, calls: new Map([[7, call]]) }
    const event: SessionEvent = { ...fails, fault: 'timeout' }
    expect(reduce(silent, event, http).state.phase).toBe('ready')
    expect(reduce({ ...silent, silentSince: 4000 }, event, http).state.phase).toBe('resetting')
    const write: Call = { kind: 'write', startedAt: 5000 }
    const calls = new Map([
      [7, call],
      [8, write],
    ])
    const writing: ReadyState = { ...silent, silentSince: 4000, calls }
    expect(reduce(writing, event, http).state.phase).toBe('ready')
  })

  it('pings our own server instead, which answers during calls, and gives it up if that is not answered', () => {
    const pending = new Map([[7, call]])
    const reading: ReadyState = { ...ready, calls: new Map([...pending, [9, call]]) }
    const unanswered: SessionEvent = { ...fails, fault: 'timeout' }
    expect(told(reduce(reading, unanswered, own), reading)).toBe('ready, 1 calls | hand-on 7 | ping')
    const again = reduce(reduce(reading, unanswered, own).state, { ...unanswered, call: 9 }, own)
    expect(again.state).toMatchObject({ phase: 'ready', silentSince: undefined })
    const noPing = EVENTS['ping-failed, timeout'] ?? { type: 'start' }
    const held: ReadyState = { ...ready, calls: pending }
    expect(told(reduce(held, noPing, own), held)).toBe(SILENT)
    expect(reduce(held, noPing, http)).toEqual({ state: held, effects: [] })
    const writing: ReadyState = { ...ready, calls: new Map([[8, { ...call, kind: 'write' }]]) }
    expect(reduce(writing, noPing, own)).toEqual({ state: writing, effects: [] })
  })
})
