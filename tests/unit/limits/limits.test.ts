import { describe, expect, it } from 'vitest'
import { Rate } from '../../../server/limits/rate'
import { Slots } from '../../../server/limits/slots'

describe('a rate', () => {
  it('lets as many come at once, then one after the other, and says when', () => {
    let now = 0
    const rate = new Rate(6, () => now)
    for (let i = 0; i < 6; i++) expect(rate.take('ada')).toBe(0)
    expect(rate.take('ada')).toBe(10)
    expect(rate.take('bob')).toBe(0)
    now += 4000
    expect(rate.wait('ada')).toBe(6)
    now += 6000
    expect(rate.take('ada')).toBe(0)
    expect(rate.take('ada')).toBe(10)
    now += 3_600_000
    for (let i = 0; i < 6; i++) expect(rate.take('ada')).toBe(0)
    expect(rate.take('ada')).toBe(10)
  })

  it('does not take a token if it only looks', () => {
    const rate = new Rate(1, () => 0)
    for (let i = 0; i < 3; i++) expect(rate.wait('ada')).toBe(0)
    expect(rate.take('ada')).toBe(0)
    expect(rate.wait('ada')).toBe(60)
  })

  it('remembers the keys used last, and no end of others', () => {
    const rate = new Rate(1, () => 0)
    rate.take('first')
    for (let i = 0; i < 10_000; i++) rate.take(`key ${i}`)
    expect(rate.wait('key 9999')).toBe(60)
    expect(rate.wait('first')).toBe(0)
  })
})

describe('slots', () => {
  it('are for each key as many, and are given back once', () => {
    const slots = new Slots(2)
    const leave = slots.take('ada')
    expect(slots.take('ada')).toBeDefined()
    expect(slots.isFull('ada')).toBe(true)
    expect(slots.take('ada')).toBeUndefined()
    expect(slots.take('bob')).toBeDefined()
    leave?.()
    leave?.()
    expect(slots.take('ada')).toBeDefined()
    expect(slots.take('ada')).toBeUndefined()
  })
})
