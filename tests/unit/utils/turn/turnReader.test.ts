import { describe, expect, it } from 'vitest'
import { ChatRequestError } from '../../../../utils/chat/chatProblem'
import { TurnGoneError, type TurnFeed } from '../../../../utils/turn/turnFeed'
import { TurnReader, type TurnReaderOptions } from '../../../../utils/turn/turnReader'
import { finish, open, readAll, said, scriptedFeed, start, text, wholeFeed } from './turnFeeds'

const broken = new TypeError('network error')

function reader(ask: () => Promise<TurnFeed>, replays: (() => TurnFeed)[] = [], more: Partial<TurnReaderOptions> = {}) {
  const asked = { questions: 0, replays: 0 }
  const breaks: boolean[] = []
  const client = new AbortController()
  const turn = new TurnReader({
    ask: () => {
      asked.questions++
      return ask()
    },
    resume: async () => {
      const replay = replays[asked.replays++]
      if (!replay) throw broken
      return replay()
    },
    openSocket: () => scriptedFeed().feed,
    network: { holdsEvents: false },
    onBroken: (isBroken) => breaks.push(isBroken),
    onChunk: () => undefined,
    signal: client.signal,
    delays: [0, 0, 0],
    ...more,
  })
  return { turn, asked, breaks, client }
}

/** A reading that breaks after these chunks were read, one by one: an error throws away what nobody has read yet. */
function breaking(error: Error, ...chunks: Parameters<typeof scriptedFeed>): TurnFeed {
  const left = [...chunks]
  return new ReadableStream({
    pull: (controller) => {
      const chunk = left.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.error(error)
    },
  })
}

describe('a turn that is read', () => {
  it('comes as the server sends it', async () => {
    const { turn, breaks, asked } = reader(async () => wholeFeed(start, open, text('Hello'), finish))
    expect(await readAll(turn.ask())).toEqual([start, open, text('Hello'), finish])
    expect(breaks).toEqual([])
    expect(asked).toEqual({ questions: 1, replays: 0 })
  })

  it('is resumed after its connection broke, starts once, and is sent once', async () => {
    const whole = () => wholeFeed(start, open, text('Hello world'), finish)
    const { turn, breaks, asked } = reader(async () => breaking(broken, start, open, text('Hel')), [whole])
    const chunks = await readAll(turn.ask())
    expect(chunks.filter(({ type }) => type === 'start')).toHaveLength(1)
    expect(said(chunks)).toBe('Hello world')
    expect(breaks).toEqual([true, false])
    expect(asked).toEqual({ questions: 1, replays: 1 })
  })

  it('takes a clean end without the last word for a break', async () => {
    const { turn } = reader(
      async () => wholeFeed(start, open, text('Hel')),
      [() => wholeFeed(start, open, text('Hello'), finish)],
    )
    expect(said(await readAll(turn.ask()))).toBe('Hello')
  })

  it('is retried a few times, then lost with an error message', async () => {
    const { turn, asked, breaks } = reader(async () => breaking(broken, start, open, text('Hel')))
    await expect(readAll(turn.ask())).rejects.toMatchObject({ problem: { code: 'connection-lost' } })
    expect(asked).toEqual({ questions: 1, replays: 3 })
    expect(breaks).toEqual([true, false])
  })

  it('is lost at once if the server does not have it', async () => {
    const gone = () => {
      throw new TurnGoneError()
    }
    const { turn, asked } = reader(async () => breaking(broken, start), [gone])
    await expect(readAll(turn.ask())).rejects.toMatchObject({ problem: { code: 'connection-lost' } })
    expect(asked.replays).toBe(1)
  })

  it('ends if every new connection breaks without data', async () => {
    const replays = Array.from({ length: 50 }, () => () => breaking(broken, start))
    const { turn, asked } = reader(async () => breaking(broken, start), replays)
    await expect(readAll(turn.ask())).rejects.toMatchObject({ problem: { code: 'connection-lost' } })
    expect(asked.replays).toBeLessThan(10)
  })

  it('is not a lost connection if the server was never reached', async () => {
    const { turn } = reader(() => Promise.reject(broken))
    await expect(readAll(turn.ask())).rejects.toBe(broken)
  })

  it('is resumed if the response to the question was lost but the question arrived', async () => {
    for (const failure of [
      broken,
      new ChatRequestError({ code: 'unknown' }, 504),
      new ChatRequestError({ code: 'turn-exists' }, 409),
    ]) {
      const { turn, asked } = reader(
        () => Promise.reject(failure),
        [() => wholeFeed(start, open, text('Hello'), finish)],
      )
      expect(said(await readAll(turn.ask()))).toBe('Hello')
      expect(asked).toEqual({ questions: 1, replays: 1 })
    }
  })

  it('fails at once with what the server answered', async () => {
    const refusal = new ChatRequestError({ code: 'too-many-turns' }, 429)
    const { turn, asked } = reader(() => Promise.reject(refusal))
    await expect(readAll(turn.ask())).rejects.toBe(refusal)
    expect(asked.replays).toBe(0)
  })

  it('remembers that the network holds events back', async () => {
    const network = { holdsEvents: false }
    const socket = () => wholeFeed(start, open, text('Hello'), finish)
    const patience = { response: 0, event: 0 }
    const { turn } = reader(async () => scriptedFeed().feed, [], { openSocket: socket, network, patience })
    expect(said(await readAll(turn.ask()))).toBe('Hello')
    expect(network.holdsEvents).toBe(true)
  })

  it('ends with a stop, also while it is being mended', async () => {
    const { turn, client } = reader(async () => breaking(broken, start), [() => scriptedFeed().feed])
    const reading = readAll(turn.ask())
    reading.catch(() => undefined)
    client.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a turn that is taken up', () => {
  it('comes from its start', async () => {
    const { turn, asked } = reader(() => Promise.reject(broken), [() => wholeFeed(start, open, text('Hello'), finish)])
    const feed = await turn.resume()
    expect(feed && (await readAll(feed))).toEqual([start, open, text('Hello'), finish])
    expect(asked.questions).toBe(0)
  })

  it('is not available if the server does not have it or is down', async () => {
    const gone = () => {
      throw new TurnGoneError()
    }
    expect(await reader(() => Promise.reject(broken), [gone]).turn.resume()).toBeUndefined()
    expect(await reader(() => Promise.reject(broken)).turn.resume()).toBeUndefined()
  })
})
