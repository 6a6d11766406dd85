import { describe, expect, it } from 'vitest'
import { memoryResults } from '../../../../server/results/kept/memory'
import { resultBytes } from '../../../../server/results/size'
import type { Bound } from '../../../../server/results/kept/bounds'
import type { ResultPart } from '../../../../shared/result'

const text = (value: string): ResultPart => ({ kind: 'text', text: value })
const an = { user: 'an', conversation: '1' }
const wide: Bound = { results: 100, bytes: 1_000_000 }
const bounds = { conversation: wide, user: wide, process: wide }

/** The ids of a place that are still kept. */
async function kept(memory: ReturnType<typeof memoryResults>, place: typeof an, ids: string[]) {
  const found = await Promise.all(ids.map(async (id) => ((await memory.get(place, id)) ? id : undefined)))
  return found.filter((id) => id !== undefined)
}

describe('memoryResults', () => {
  it("gives no one another user's or conversation's result", async () => {
    const memory = memoryResults()
    await memory.put(an, 'a', text('mine'))
    expect(await memory.get(an, 'a')).toEqual(text('mine'))
    expect(await memory.get({ ...an, user: 'binh' }, 'a')).toBeUndefined()
    expect(await memory.get({ ...an, conversation: '2' }, 'a')).toBeUndefined()
    expect(await memory.get({ user: 'an","1', conversation: '' }, 'a')).toBeUndefined()
  })

  it('drops the least recently used of a conversation', async () => {
    const memory = memoryResults({ ...bounds, conversation: { results: 2, bytes: 1_000_000 } })
    await memory.put(an, 'a', text('a'))
    await memory.put(an, 'b', text('b'))
    await memory.get(an, 'a')
    await memory.put({ ...an, conversation: '2' }, 'other', text('o'))
    await memory.put(an, 'c', text('c'))
    expect(await kept(memory, an, ['a', 'b', 'c'])).toEqual(['a', 'c'])
    expect(await kept(memory, { ...an, conversation: '2' }, ['other'])).toEqual(['other'])
  })

  it("counts bytes, and drops no other user's result for them", async () => {
    const one = resultBytes(text('x'.repeat(1000)))
    const memory = memoryResults({ ...bounds, user: { results: 100, bytes: one * 2 } })
    await memory.put({ ...an, user: 'binh' }, 'b', text('x'.repeat(1000)))
    for (const id of ['1', '2', '3']) await memory.put({ ...an, conversation: id }, 'a', text('x'.repeat(1000)))
    expect(await memory.get({ ...an, conversation: '1' }, 'a')).toBeUndefined()
    expect(await memory.get({ ...an, conversation: '3' }, 'a')).toBeDefined()
    expect(await memory.get({ ...an, user: 'binh' }, 'b')).toBeDefined()
  })

  it('bounds the process', async () => {
    const memory = memoryResults({ ...bounds, process: { results: 3, bytes: 1_000_000 } })
    for (const user of ['1', '2', '3', '4']) await memory.put({ user, conversation: '' }, 'a', text(user))
    expect(await memory.get({ user: '1', conversation: '' }, 'a')).toBeUndefined()
    expect(await memory.get({ user: '2', conversation: '' }, 'a')).toBeDefined()
  })

  it('keeps nothing that alone is too large', async () => {
    const memory = memoryResults({ ...bounds, conversation: { results: 9, bytes: 500 } })
    await memory.put(an, 'a', text('x'.repeat(1000)))
    expect(await memory.get(an, 'a')).toBeUndefined()
  })
})
