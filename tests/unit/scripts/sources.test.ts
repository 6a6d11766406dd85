import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashSources } from '../../../scripts/sources.mjs'

let folder: string

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-test-'))
  write('app.vue', '<template />')
  write('server/api/x.ts', 'export {}')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the hash that decides whether to build', () => {
  it.each([
    ['a changed file', () => write('app.vue', '<template></template>')],
    ['a new file deep inside', () => write('components/chat/message/X.vue', '')],
    ['a new folder', () => write('anything/x.ts', '')],
    ['a file that went', () => rmSync(join(folder, 'server/api/x.ts'))],
    ['other packages', () => write('package-lock.json', '{}')],
  ])('changes with %s', (_, change) => {
    const before = hashSources(folder)
    change()
    expect(hashSources(folder)).not.toBe(before)
  })

  it('changes when a file moves, though its content stays', () => {
    const before = hashSources(folder)
    rmSync(join(folder, 'server/api/x.ts'))
    write('server/api/y.ts', 'export {}')
    expect(hashSources(folder)).not.toBe(before)
  })

  it.each([
    ['a touched file', () => utimesSync(join(folder, 'app.vue'), 1, 1)],
    ['tests', () => write('tests/unit/x.test.ts', '')],
    ['the commands', () => write('scripts/x.mjs', '')],
    ['benchmarks', () => write('bench/x.ts', '')],
    ['a build', () => write('.output/server/index.mjs', '')],
    ['packages put in place', () => write('node_modules/x/index.js', '')],
    ['documents', () => write('README.md', '')],
  ])('stays the same with %s', (_, change) => {
    const before = hashSources(folder)
    change()
    expect(hashSources(folder)).toBe(before)
  })
})
