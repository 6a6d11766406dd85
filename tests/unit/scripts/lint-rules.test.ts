import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileURLToPath } from 'node:url'

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../../..', import.meta.url)) })

/** The rules that a file at this path with this code breaks. */
async function broken(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath })
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
}

const importing = (path: string): string => `import { x } from '${path}'\n\nexport const y = x\n`
const loading = (path: string): string => `export const y = () => import('${path}')\n`
const inVue = (code: string): string =>
  `<script setup lang="ts">\n${code}</script>\n\n<template>\n  <p />\n</template>\n`

// The first lint loads the configuration and all of its plugins.
beforeAll(() => broken('server/x.ts', ''), 60_000)

describe('the direction of imports', () => {
  it.each([
    ['pages/x.ts', '../server/config'],
    ['pages/x.ts', '~~/server/config'],
    ['components/chat/X.ts', '../../server/agent/turn'],
    ['components/chat/X.ts', '../../demo/model'],
    ['composables/x.ts', '../server/config'],
    ['stores/x.ts', '@@/server/config'],
    ['utils/x.ts', '../server/config'],
    ['plugins/x.ts', '../demo/model'],
    ['pages/x.ts', 'openai'],
    ['composables/x.ts', '@modelcontextprotocol/sdk/client/index.js'],
    ['shared/x.ts', '../server/config'],
    ['shared/x.ts', '../demo/cluster'],
    ['shared/x.ts', '../composables/useConversation'],
    ['server/api/x.get.ts', '../../components/chat/x'],
    ['server/api/x.get.ts', '../../demo/model'],
    ['server/api/x.get.ts', 'openai'],
    ['server/plugins/x.ts', '../../demo/model'],
    ['server/core/sources.ts', '../../demo/model'],
    ['server/agent/x.ts', 'openai'],
    ['server/agent/x.ts', '@modelcontextprotocol/sdk/types.js'],
    ['server/model/x.ts', '@modelcontextprotocol/sdk/types.js'],
    ['server/mcp/x.ts', 'openai/resources'],
    ['server/model/x.ts', '../agent/turn'],
    ['server/mcp/x.ts', '../agent/policy'],
    ['server/results/x.ts', '../agent/policy'],
    ['server/results/deep/x.ts', '../../model/types'],
    ['server/results/x.ts', '../mcp/types'],
    ['server/mcp/x.ts', '../preview'],
    ['server/preview/x.ts', '../agent/policy'],
    ['server/preview/x.ts', '../model/types'],
    ['server/preview/x.ts', 'h3'],
    ['demo/model/x.ts', '../../composables/useConversation'],
    ['mcp/tools/x.ts', '../../server/config'],
    ['mcp/kubernetes/x.ts', '@modelcontextprotocol/sdk/types.js'],
    ['mcp/protocol/x.ts', '../../server/mcp/session'],
    ['mcp/transports/x.ts', 'h3'],
    ['server/core/sources.ts', '../../mcp/kubernetes/client'],
    ['server/mcp/x.ts', '../../mcp/tools/get'],
    ['server/api/x.get.ts', '../../mcp/main'],
    ['shared/x.ts', '../mcp/tools/get'],
  ])('%s must not import %s', async (file, path) => {
    expect(await broken(file, importing(path))).toContain('no-restricted-imports')
  })

  it('holds in the script of a component too', async () => {
    expect(await broken('components/chat/X.vue', inVue(importing('../../server/config')))).toContain(
      'no-restricted-imports',
    )
  })

  it.each(['agent', 'model', 'mcp', 'results', 'stream'])(
    'server/%s knows neither HTTP, Nuxt nor handlers',
    async (part) => {
      for (const path of [
        'h3',
        'nuxt/app',
        'vue',
        'nitropack/runtime',
        '#imports',
        '../api/chat.post',
        '../plugins/assistant',
      ])
        expect(await broken(`server/${part}/x.ts`, importing(path)), path).toContain('no-restricted-imports')
    },
  )

  it.each([
    ['pages/x.ts', '../server/config'],
    ['server/api/x.get.ts', '../../demo/model'],
    ['server/agent/x.ts', 'h3'],
    ['server/results/x.ts', '../mcp/types'],
    ['server/mcp/x.ts', '../preview'],
    ['server/preview/x.ts', '../agent/policy'],
    ['server/preview/x.ts', '../model/types'],
    ['server/preview/x.ts', 'h3'],
  ])('%s must not load %s dynamically either', async (file, path) => {
    expect(await broken(file, loading(path))).toContain('no-restricted-syntax')
  })

  it.each([
    ['pages/x.ts', '../shared/result'],
    ['pages/x.ts', '#shared/result'],
    ['components/x.ts', 'vue'],
    ['components/x.ts', 'vue/server-renderer'],
    ['server/api/x.get.ts', 'h3'],
    ['server/api/x.get.ts', '../agent/turn'],
    ['server/agent/x.ts', '../model/types'],
    ['server/agent/x.ts', '../mcp/types'],
    ['server/agent/x.ts', '../results/types'],
    ['server/model/x.ts', 'openai'],
    ['server/model/x.ts', './ollama-api'],
    ['server/mcp/x.ts', '@modelcontextprotocol/sdk/client/index.js'],
    ['tests/unit/x.ts', '../../server/agent/turn'],
    ['tests/unit/x.ts', '../../demo/model'],
  ])('%s may import %s', async (file, path) => {
    expect(await broken(file, importing(path))).toEqual([])
  })

  it('lets the start of the server load the demo', async () => {
    expect(await broken('server/core/sources.ts', loading('../../demo/model'))).toEqual([])
    expect(await broken('server/plugins/x.ts', loading('../../demo/model'))).toEqual([])
  })
})

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
      'shared/x.ts',
      'utils/x.ts',
      'demo/x.ts',
    ])
      expect(await broken(file, code), file).toContain('no-restricted-syntax')
  })

  it('is read by its reader, and by tests', async () => {
    expect(await broken('server/config/config.ts', 'export const x = process.env.HOME\n')).toEqual([])
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

  it('wants types imported as types', async () => {
    const code = "import { X } from './x'\n\nexport const y = (x: X): X => x\n"
    expect(await broken('server/y.ts', code)).toContain('@typescript-eslint/consistent-type-imports')
  })

  it('keeps the console out of the server', async () => {
    expect(await broken('server/x.ts', "console.log('x')\n")).toContain('no-console')
    expect(await broken('demo/x.ts', "console.log('x')\n")).toContain('no-console')
  })
})
