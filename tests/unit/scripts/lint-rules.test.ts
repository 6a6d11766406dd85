import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileURLToPath } from 'node:url'

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../../..', import.meta.url)) })

/** The rules that a file at this path with this code breaks. */
async function broken(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath })
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
}

const inVue = (code: string): string =>
  `<script setup lang="ts">\n${code}</script>\n\n<template>\n  <p />\n</template>\n`

// The first lint loads the configuration and all of its plugins.
beforeAll(() => broken('server/x.ts', ''), 60_000)

describe('the environment', () => {
  const readers = [
    'export const x = process.env.HOME\n',
    "export const x = process['env'].HOME\n",
    'const { env } = process\n\nexport const x = env.HOME\n',
    "import { env } from 'node:process'\n\nexport const x = env.HOME\n",
  ]

  it.each(readers)('is read by nobody else: %j', async (code) => {
    for (const file of [
      'server/core/log.ts',
      'server/agent/x.ts',
      'server/core/assistant.ts',
      'server/config/x.ts',
      'mcp/tools/x.ts',
      'shared/x.ts',
      'utils/x.ts',
      'packages/demo-model/src/x.ts',
    ])
      expect(await broken(file, code), file).toContain('no-restricted-syntax')
  })

  it('is read by its reader, and by tests', async () => {
    expect(await broken('server/config/of-process.ts', 'export const x = process.env.HOME\n')).toEqual([])
    expect(await broken('tests/unit/x.test.ts', 'export const x = process.env.HOME\n')).toEqual([])
  })
})

describe('types and logs', () => {
  it('allows no any', async () => {
    expect(await broken('server/x.ts', 'export const x: any = 1\n')).toContain('@typescript-eslint/no-explicit-any')
    expect(await broken('components/X.vue', inVue('const x: any = 1\nconsole.log(x)\n'))).toContain(
      '@typescript-eslint/no-explicit-any',
    )
  })

  it('allows no globals of Node in the page', async () => {
    for (const file of ['composables/x.ts', 'utils/chat/x.ts'])
      expect(await broken(file, "export const x = Buffer.from('x')\n"), file).toContain('no-restricted-globals')
    expect(await broken('server/x.ts', "export const x = Buffer.from('x')\n")).toEqual([])
  })

  it('wants types imported as types', async () => {
    const code = "import { X } from './x'\n\nexport const y = (x: X): X => x\n"
    expect(await broken('server/y.ts', code)).toContain('@typescript-eslint/consistent-type-imports')
  })

  it('keeps the console out of the server', async () => {
    expect(await broken('server/x.ts', "console.log('x')\n")).toContain('no-console')
    expect(await broken('packages/demo-model/src/x.ts', "console.log('x')\n")).toContain('no-console')
  })
})
