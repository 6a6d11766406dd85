import pino from 'pino'
import { describe, expect, it, vi } from 'vitest'
import type { TurnEvent } from '../../../server/agent/events'
import { logTurn } from '../../../server/turns/log-turn'
import type { RunTurn } from '../../../server/turns/turn'
import { Turns } from '../../../server/turns/turns'
import type { TurnsOptions } from '../../../server/turns/turns'

const FINISH: TurnEvent = { type: 'finish', reason: 'stop', usage: { promptTokens: 0, completionTokens: 0 } }
const text = (words: string): TurnEvent => ({ type: 'text-delta', text: words })
const never = new AbortController().signal
const nothing = () => undefined
const silent = { see: nothing, failed: nothing, end: nothing }

/** A turn that says what the test has it say, and ends as the loop does when it is stopped. */
function scripted() {
  const said: TurnEvent[] = []
  let wake = Promise.withResolvers<void>()
  let signal: AbortSignal | undefined
  const say = (...events: TurnEvent[]) => {
    said.push(...events)
    wake.resolve()
  }
  const run: RunTurn = async function* (_emit, given) {
    signal = given
    const aborted = new Promise<void>((resolve) => given.addEventListener('abort', () => resolve(), { once: true }))
    for (;;) {
      while (said.length > 0 && !given.aborted) {
        const event = said.shift()
        if (event) yield event
        if (event?.type === 'finish') return
      }
      if (given.aborted) break
      wake = Promise.withResolvers()
      await Promise.race([wake.promise, aborted])
    }
    yield { ...FINISH, reason: 'aborted' }
  }
  return { run, say, isStopped: () => signal?.aborted === true }
}

function turnsWith(options: Partial<TurnsOptions> = {}): Turns {
  return new Turns({
    maxRunning: 4,
    maxRunningPerUser: 4,
    maxPerMinute: 100,
    graceMs: 60_000,
    maxChars: 1000_000,
    ...options,
  })
}

const request = (more: object = {}) => ({
  user: 'ada',
  resumable: true,
  requestId: 'r',
  model: 'm',
  conversationId: 'c',
  ...more,
})

async function readAll(events: AsyncIterable<TurnEvent>): Promise<TurnEvent[]> {
  const all: TurnEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function turnOf(turns: Turns) {
  const turn = turns.findResumable('ada', 'c')
  if (!turn) throw new Error('there is no turn of the conversation')
  return turn
}

const textOf = (events: TurnEvent[]) => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

describe('a resumable turn', () => {
  it('continues without its reader, and is read again from its start', async () => {
    const { run, say, isStopped } = scripted()
    const turns = turnsWith()
    const turn = turns.begin(request(), run, silent)
    const client = new AbortController()
    const first = turn.events(client.signal)
    say(text('One '))
    expect((await first.next()).value).toEqual(text('One '))
    client.abort()
    await first.next()
    say(text('two '), text('three'), FINISH)
    await turn.ended
    expect(isStopped()).toBe(false)
    const again = await readAll(turnOf(turns).events(never))
    expect(textOf(again)).toBe('One two three')
    expect(again.at(-1)).toEqual(FINISH)
  })

  it('is ended and forgotten when nobody comes back within the grace', async () => {
    vi.useFakeTimers()
    try {
      const { run, isStopped } = scripted()
      const turns = turnsWith({ graceMs: 5000 })
      const turn = turns.begin(request(), run, silent)
      const client = new AbortController()
      const reading = readAll(turn.events(client.signal))
      client.abort()
      await reading
      await vi.advanceTimersByTimeAsync(4900)
      expect(isStopped()).toBe(false)
      await vi.advanceTimersByTimeAsync(200)
      expect(isStopped()).toBe(true)
      expect(turns.findResumable('ada', 'c')).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not ended by the grace when a reader has come back', async () => {
    vi.useFakeTimers()
    try {
      const { run, isStopped } = scripted()
      const turn = turnsWith({ graceMs: 5000 }).begin(request(), run, silent)
      const client = new AbortController()
      const reading = readAll(turn.events(client.signal))
      client.abort()
      await reading
      await vi.advanceTimersByTimeAsync(4900)
      void turn.events(never).next()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(isStopped()).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('gives several readers the same, each at its own pace', async () => {
    const { run, say } = scripted()
    const turn = turnsWith().begin(request(), run, silent)
    const fast = readAll(turn.events(never))
    const slow = turn.events(never)
    say({ type: 'step-start' }, text('a'), text('b'))
    expect((await slow.next()).value).toEqual({ type: 'step-start' })
    say(text('c'), { type: 'step-end' }, text('d'), FINISH)
    const whole = await fast
    const rest = await readAll(slow)
    expect(textOf(whole)).toBe('abcd')
    expect(textOf(rest)).toBe('abcd')
    expect(rest.map(({ type }) => type)).toEqual(['text-delta', 'step-end', 'text-delta', 'finish'])
  })

  it('ends with an error if it exceeds the limit', async () => {
    const { run, say } = scripted()
    const turn = turnsWith({ maxChars: 100 }).begin(request(), run, silent)
    say(text('x'.repeat(200)), text('more'))
    const events = await readAll(turn.events(never))
    expect(events.find(({ type }) => type === 'error')).toMatchObject({
      detail: { text: expect.stringContaining('size limit') },
    })
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'error' })
  })
})

describe('a turn that is not resumable', () => {
  it('ends at once with its reader, and is forgotten', async () => {
    const { run, say, isStopped } = scripted()
    const turns = turnsWith()
    const turn = turns.begin(request({ resumable: false, turnId: 'turn-0123456789ab' }), run, silent)
    const client = new AbortController()
    const events = turn.events(client.signal)
    say(text('Half'))
    await events.next()
    client.abort()
    expect(isStopped()).toBe(true)
    await turn.ended
    expect(turns.find('ada', 'turn-0123456789ab')).toBeUndefined()
    expect(turns.findResumable('ada', 'c')).toBeUndefined()
  })

  it('waits for a reader that is slow', async () => {
    let yielded = 0
    const turn = turnsWith().begin(
      request({ resumable: false }),
      async function* () {
        for (; yielded < 1000; yielded++) yield text('x'.repeat(10_000))
        yield FINISH
      },
      silent,
    )
    const events = turn.events(never)
    await events.next()
    await vi.waitFor(() => expect(yielded).toBeGreaterThan(20))
    expect(yielded).toBeLessThan(100)
    expect(textOf(await readAll(events)).length).toBeGreaterThan(9_000_000)
    expect(yielded).toBe(1000)
  })
})

describe('stopping', () => {
  it('ends a turn with what had arrived', async () => {
    const { run, say } = scripted()
    const turns = turnsWith()
    const turn = turns.begin(request({ turnId: 'turn-0123456789ab' }), run, silent)
    const events = turn.events(never)
    say(text('Half'))
    await events.next()
    expect(turns.stop('ada', 'turn-0123456789ab')).toBe(true)
    expect(await readAll(events)).toMatchObject([{ type: 'finish', reason: 'aborted' }])
    expect(turns.stop('ada', 'turn-0123456789ab')).toBe(false)
  })

  it('works when it overtakes its question', async () => {
    const { run, say } = scripted()
    const turns = turnsWith()
    expect(turns.stop('ada', 'turn-0123456789ab')).toBe(false)
    say(text('never seen'))
    const turn = turns.begin(request({ turnId: 'turn-0123456789ab' }), run, silent)
    expect(await readAll(turn.events(never))).toMatchObject([{ type: 'finish', reason: 'aborted' }])
  })
})

describe('bounds', () => {
  it('refuse the same question twice', () => {
    const turns = turnsWith()
    turns.begin(request({ turnId: 'turn-0123456789ab' }), scripted().run, silent)
    expect(() => turns.begin(request({ turnId: 'turn-0123456789ab' }), scripted().run, silent)).toThrow(
      expect.objectContaining({ code: 'turn-exists' }),
    )
  })

  it('refuse more turns at once than are set, until one has ended', async () => {
    const turns = turnsWith({ maxRunning: 1 })
    const { run, say } = scripted()
    const turn = turns.begin(request(), run, silent)
    expect(() => turns.begin(request(), scripted().run, silent)).toThrow(
      expect.objectContaining({ code: 'too-many-turns' }),
    )
    say(FINISH)
    await turn.ended
    expect(() => turns.begin(request(), scripted().run, silent)).not.toThrow()
  })
})

describe('the turns of one user', () => {
  const turnId = 'turn-0123456789ab'
  const refusal = (begin: () => unknown): unknown => {
    try {
      begin()
      return undefined
    } catch (error) {
      return error
    }
  }

  it('are for others as if they did not exist: found, taken up and stopped by their user alone', async () => {
    const [adas, eves] = [scripted(), scripted()]
    const turns = turnsWith()
    turns.begin(request({ turnId }), adas.run, silent)
    expect(turns.find('eve', turnId)).toBeUndefined()
    expect(turns.findResumable('eve', 'c')).toBeUndefined()
    expect(turns.stop('eve', turnId)).toBe(false)
    expect(adas.isStopped()).toBe(false)
    // Not even their ids are taken.
    const own = turns.begin(request({ turnId, user: 'mallory' }), eves.run, silent)
    expect(turns.findResumable('mallory', 'c')).toBe(own)
    expect(turns.stop('mallory', turnId)).toBe(true)
    expect([adas.isStopped(), eves.isStopped()]).toEqual([false, true])
    await own.ended
    expect(turns.find('ada', turnId)?.isRunning).toBe(true)
  })

  it('are not stopped by the early stop of another', () => {
    const { run, isStopped } = scripted()
    const turns = turnsWith()
    turns.stop('eve', turnId)
    turns.begin(request({ turnId }), run, silent)
    expect(isStopped()).toBe(false)
  })

  it('are limited in number, independently of other users', () => {
    const turns = turnsWith({ maxRunningPerUser: 2 })
    for (let i = 0; i < 2; i++) turns.begin(request(), scripted().run, silent)
    expect(refusal(() => turns.begin(request(), scripted().run, silent))).toMatchObject({
      code: 'too-many-turns',
      message: expect.stringContaining('of yours'),
      retryAfterSeconds: expect.any(Number),
    })
    turns.begin(request({ user: 'bob' }), scripted().run, silent)
  })

  it('are limited per minute, and a refusal says when to retry', async () => {
    const turns = turnsWith({ maxPerMinute: 2 })
    for (let i = 0; i < 2; i++) {
      const { run, say } = scripted()
      say(FINISH)
      await turns.begin(request(), run, silent).ended
    }
    const refused = refusal(() => turns.begin(request(), scripted().run, silent))
    expect(refused).toMatchObject({ code: 'too-many-turns', retryAfterSeconds: 30 })
    turns.begin(request({ user: 'bob' }), scripted().run, silent)
  })
})

describe('a shutdown', () => {
  it('tells the turns, lets them end, and takes no new ones', async () => {
    const { run, say } = scripted()
    const turns = turnsWith()
    const events = readAll(turns.begin(request(), run, silent).events(never))
    const closing = turns.close(60_000)
    expect(turns.isStopping).toBe(true)
    expect(() => turns.begin(request(), scripted().run, silent)).toThrow(expect.objectContaining({ code: 'stopping' }))
    say(text('Done.'), FINISH)
    await closing
    expect(await events).toMatchObject([{ type: 'notice' }, text('Done.'), FINISH])
  })

  it('ends those that take longer, with words', async () => {
    const { run, say } = scripted()
    const turns = turnsWith()
    const turn = turns.begin(request(), run, silent)
    say(text('Half'))
    const events = readAll(turn.events(never))
    await turns.close(0)
    expect(await events).toMatchObject([text('Half'), { type: 'error', code: 'stopping' }, { reason: 'error' }])
  })
})

describe('a turn that breaks in a way nobody expected', () => {
  it('ends with an error message; its details are only in the log', async () => {
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => lines.push(line) })
    const broken = async function* (): AsyncGenerator<TurnEvent, void, void> {
      yield { type: 'step-start' }
      throw new Error('secret detail')
    }
    const turn = turnsWith().begin(request(), broken, logTurn(log.child({ requestId: 'r1' })))
    const events = await readAll(turn.events(never))
    expect(events.map((event) => event.type)).toEqual(['step-start', 'error', 'finish'])
    expect(JSON.stringify(events)).not.toContain('secret detail')
    expect(lines.every((line) => JSON.parse(line).requestId === 'r1')).toBe(true)
    expect(lines.join()).toContain('secret detail')
  })
})
