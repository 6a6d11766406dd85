import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOllamaModel } from '../../../server/model/client'
import { ReadAhead } from '../../../server/model/read-ahead'
import type { Beginning } from '../../../server/model/read-ahead'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

const IDLE_MS = 5

let replay: ReplayServer
let isWanted: boolean
let readAhead: ReadAhead
beforeEach(async () => {
  replay = await startReplayServer()
  replay.onRequest(() => answer.text('H').finish('length'))
  isWanted = true
  const model = createOllamaModel({ baseUrl: replay.url, model: 'gpt-oss:20b' })
  readAhead = new ReadAhead({ model, isWanted: () => isWanted, idleMs: IDLE_MS })
})
afterEach(async () => {
  readAhead.close()
  await replay.close()
})

const beginning = (content: string) => async (): Promise<Beginning> => ({
  messages: [{ role: 'system', content }],
  tools: [],
})
const contents = () => replay.chats().map(({ messages }) => messages[0]?.content)

describe('ReadAhead', () => {
  it('asks for one token after the beginning', async () => {
    readAhead.next(beginning('a'))
    await replay.request()
    expect(replay.chats()).toMatchObject([{ max_tokens: 1, messages: [{ role: 'system', content: 'a' }] }])
  })

  it('reads only the newest beginning', async () => {
    readAhead.next(beginning('a'))
    readAhead.next(beginning('b'))
    await replay.request()
    expect(contents()).toEqual(['b'])
  })

  it('closes the request when a turn begins', async () => {
    replay.onRequest(() => answer.hold(createGate()))
    readAhead.next(beginning('a'))
    const request = await replay.request()
    readAhead.hold()
    expect((await request.closed).complete).toBe(false)
  })

  it('waits for the end of all turns', async () => {
    const [first, second] = [readAhead.hold(), readAhead.hold()]
    first()
    first()
    readAhead.next(beginning('a'))
    second()
    readAhead.next(beginning('b'))
    await replay.request()
    expect(contents()).toEqual(['b'])
  })

  it('drops a beginning that a turn overtakes, or that is not wanted', async () => {
    readAhead.next(beginning('a'))
    readAhead.hold()()
    isWanted = false
    readAhead.next(beginning('b'))
    isWanted = true
    readAhead.next(beginning('c'))
    await replay.request()
    expect(contents()).toEqual(['c'])
  })

  it('survives a server that refuses', async () => {
    replay.enqueue(answer.error(500, 'broken'))
    readAhead.next(beginning('a'))
    await (
      await replay.request()
    ).closed
    readAhead.next(beginning('b'))
    await replay.request(2)
    expect(contents()).toEqual(['a', 'b'])
  })
})
