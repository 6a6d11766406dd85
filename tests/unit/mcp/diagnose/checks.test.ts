import { describe, expect, it } from 'vitest'
import { checks } from '../../../../mcp/diagnose/checks'
import { sampleWorld } from '../../../support/diagnose/sample-world'

describe('the registry of checks', () => {
  it('has unique ids, and names only known ones', () => {
    const ids = checks.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(checks.flatMap(({ explains = [] }) => explains).filter((id) => !ids.includes(id))).toEqual([])
  })

  it('refers to pages of the documentation', () => {
    expect(checks.filter(({ reference }) => !/^https:\/\/[\w.-]+\/./.test(reference))).toEqual([])
  })
})

describe.each(checks)('check $id', (check) => {
  it('has samples of both kinds', () => {
    expect(check.samples.fires.length).toBeGreaterThan(0)
    expect(check.samples.silent.length).toBeGreaterThan(0)
  })

  it.each(check.samples.fires)('fires for sample %#', (sample) => {
    const found = check.find(sampleWorld(sample))
    expect(found).not.toEqual([])
    for (const { cause, next } of found) expect(cause.text + next.text).not.toMatch(/[{}]/)
  })

  it.each(check.samples.silent)('is silent for sample %#', (sample) => {
    expect(check.find(sampleWorld(sample))).toEqual([])
  })
})
