import { describe, expect, it } from 'vitest'
import { Recent } from '../../../server/rancher/recent'

function recent(max = 10) {
  const clock = { now: 0 }
  const asked: string[] = []
  const made = new Recent<string | undefined>(
    (answer) => (answer === undefined ? 10 : 100),
    max,
    () => clock.now,
  )
  const get = (key: string, answer: () => Promise<string | undefined> = async () => key) =>
    made.get(key, () => {
      asked.push(key)
      return answer()
    })
  return { made, clock, asked, get }
}

describe('a recent answer', () => {
  it('is asked for once by all who want it meanwhile, and again after its time', async () => {
    const { clock, asked, get } = recent()
    expect(await Promise.all([get('a'), get('a')])).toEqual(['a', 'a'])
    clock.now = 99
    await get('a')
    expect(asked).toEqual(['a'])
    clock.now = 101
    await get('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('may have a time that depends on it', async () => {
    const { clock, asked, get } = recent()
    await get('a', async () => undefined)
    clock.now = 11
    expect(await get('a')).toBe('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('is no error: that is asked for again at once', async () => {
    const { asked, get } = recent()
    await expect(get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await get('a')).toBe('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('is forgotten on request, and when there are too many', async () => {
    const { made, asked, get } = recent(2)
    for (const key of ['a', 'b', 'c', 'a']) await get(key)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
    made.forget('a')
    await get('a')
    expect(asked).toHaveLength(5)
  })
})
