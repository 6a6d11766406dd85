import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPhrases } from '../../../scripts/words/find.mjs'

const found = (path: string, text: string) => findPhrases(path, text).map(({ line, found }) => `${line}: ${found}`)

describe('findPhrases', () => {
  it('reports the line and the replacement', () => {
    expect(findPhrases('a.ts', 'const a = 1\n\n// Made anew.\n')).toEqual([
      { line: 3, found: 'anew', instead: 'again' },
    ])
  })

  it('finds a phrase that continues on the next line of a comment', () => {
    expect(found('a.ts', '/**\n * The list is made once\n * more.\n */\nexport const a = 1\n')).toEqual([
      '2: once more',
    ])
    expect(found('a.ts', 'const a = 1\n// The turn goes\n// on.\n')).toEqual(['2: goes on'])
  })

  it('reads comments at the end of a line and inside an expression', () => {
    expect(found('a.ts', 'const a = 1 // anew\nconst b = [/* anew */ 2]\n')).toEqual(['1: anew', '2: anew'])
  })

  it('ignores code and strings', () => {
    expect(found('a.ts', "const anew = 'anew'\nconst b = `// anew`\n")).toEqual([])
  })

  it('reads the sentences of the MCP program', () => {
    const text = "const anew = 'anew'\nconst b = 'Made anew.'\nconst c = `Pod ${b} goes on. It is told so.`\n"
    expect(found('mcp/a.ts', text)).toEqual(['2: anew', '3: is told', '3: goes on'])
    expect(found('server/a.ts', text)).toEqual([])
  })

  it('reads script and template comments of a component', () => {
    const text =
      '<script setup lang="ts">\nconst a = 1 // anew\n</script>\n\n<template>\n  <!-- anew -->\n  <p>anew</p>\n</template>\n'
    expect(found('A.vue', text)).toEqual(['2: anew', '6: anew'])
  })

  it('reads a document outside its code', () => {
    expect(found('a.md', 'Made anew.\n\n```sh\nmake anew\n```\n\n`anew`\n')).toEqual(['1: anew'])
  })

  it('reads all of a UI text', () => {
    expect(found('en.json', '{\n  "a": "Whoever asks"\n}\n')).toEqual(['2: Whoever asks'])
  })

  it('accepts related plain phrases', () => {
    expect(found('a.md', 'There is no cluster. The pod is no longer ready. It goes on the list.\n')).toEqual([])
  })
})

describe('the check of a folder', () => {
  const program = fileURLToPath(new URL('../../../scripts/words/check.mjs', import.meta.url))
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'words-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const check = () => spawnSync(process.execPath, [program, folder], { encoding: 'utf8' })

  it('fails with file, line and replacement', () => {
    write('a/b.ts', 'export const b = 1\n// Made anew.\n')
    write('i18n/locales/en/ui/app.json', '{ "a": "Whoever asks" }\n')
    const { status, stderr } = check()
    expect(status).toBe(1)
    expect(stderr.split('\n')).toEqual([
      'a/b.ts:2: "anew" → again',
      'i18n/locales/en/ui/app.json:1: "Whoever asks" → the caller, the user',
      '',
    ])
  })

  it('passes without them, and ignores installed packages', () => {
    write('a.ts', '// Made again.\n')
    write('node_modules/x/index.ts', '// Made anew.\n')
    expect(check()).toMatchObject({ status: 0, stderr: '' })
  })
})
