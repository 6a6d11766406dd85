import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { APPROVALS } from '../../hostile/approvals'
import { CALLS } from '../../hostile/calls'
import { canariesIn } from '../../hostile/canary'
import { INJECTIONS } from '../../hostile/injections'
import { PAGE_INPUTS } from '../../hostile/page'
import { REQUESTS, SOCKETS } from '../../hostile/requests'
import { SECRET_REQUESTS } from '../../hostile/secrets'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('the corpus of hostile inputs', () => {
  const all = [CALLS, INJECTIONS, REQUESTS, SOCKETS, APPROVALS, SECRET_REQUESTS, PAGE_INPUTS].flat()

  it('is large, and each has a name of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(60)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })
})

describe('a canary', () => {
  const canary = 'hunter2-canary-live'
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  it.each([
    ['plain', `a ${canary} b`],
    ['plain, but for its first letters', canary.slice(3)],
    ['at the beginning of base64', base64(`${canary}\n`)],
    ['within base64, one byte in', base64(`x${canary}y`)],
    ['within base64, two bytes in', base64(`password=xy${canary}, and more`)],
    ['in base64 of a URL', Buffer.from(`?${canary}`).toString('base64url')],
    ['in hexadecimal', Buffer.from(canary).toString('hex')],
    ['reversed', [...canary].reverse().join('')],
  ])('is found %s', (_, text) => expect(canariesIn(text, [canary])).toHaveLength(1))

  it('is not found in harmless texts', () => {
    expect(canariesIn(`hunter2 canary ${base64('hunter3-canary-live, and more')}`, [canary])).toEqual([])
  })
})

describe('SECURITY.md', () => {
  it('names only files that are there', () => {
    const text = readFileSync(`${root}/SECURITY.md`, 'utf8')
    const links = [...text.matchAll(/\]\(([^):]+)\)/g)].map(([, path = '']) => path)
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter((path) => !existsSync(`${root}/${path}`))).toEqual([])
  })
})
