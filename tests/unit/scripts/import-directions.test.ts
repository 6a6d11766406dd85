import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'import-directions-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const reportSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

/** What the modules of this tree are, which each of the imports below leads to. */
const TARGETS = [
  'server/config/config.ts',
  'server/agent/turn.ts',
  'server/agent/policy/index.ts',
  'server/model/types.ts',
  'server/mcp/types.ts',
  'server/preview/index.ts',
  'server/results/types.ts',
  'server/api/chat.post.ts',
  'server/plugins/assistant.ts',
  'shared/result.ts',
  'components/chat/target.ts',
  'composables/target.ts',
  'mcp/main.ts',
  'mcp/tools/get.ts',
  'mcp/kubernetes/connection/client.ts',
  'mcp/kubernetes/connection/kubeconfig.ts',
  'tests/support/target.ts',
]

const FORBIDDEN: [file: string, path: string, rule: string][] = [
  ['pages/a.ts', '../server/config/config', 'page-knows-no-server'],
  ['pages/b.ts', '~~/server/config/config', 'page-knows-no-server'],
  ['pages/c.ts', 'openai', 'page-knows-no-server'],
  ['components/chat/A.ts', '../../server/agent/turn', 'page-knows-no-server'],
  ['components/chat/B.ts', '@k8s-ai-assistant/demo-model', 'page-knows-no-server'],
  ['components/chat/C.vue', '../../server/config/config', 'page-knows-no-server'],
  ['composables/a.ts', '@modelcontextprotocol/sdk/client/index.js', 'page-knows-no-server'],
  ['composables/b.ts', '../mcp/tools/get', 'page-knows-no-server'],
  ['stores/a.ts', '@@/server/config/config', 'page-knows-no-server'],
  ['utils/a.ts', '../server/config/config', 'page-knows-no-server'],
  ['plugins/a.ts', '@k8s-ai-assistant/demo-model', 'page-knows-no-server'],
  ['shared/a.ts', '../server/config/config', 'shared-is-neutral'],
  ['shared/b.ts', '@k8s-ai-assistant/demo-model', 'shared-is-neutral'],
  ['shared/c.ts', '../composables/target', 'shared-is-neutral'],
  ['shared/d.ts', '../mcp/tools/get', 'shared-is-neutral'],
  ['shared/e.ts', 'node:fs', 'shared-is-neutral'],
  ['shared/f.ts', 'vue', 'shared-is-neutral'],
  ['server/api/a.ts', '../../components/chat/target', 'page-is-a-leaf'],
  ['packages/demo-model/src/a.ts', '../../../composables/target', 'page-is-a-leaf'],
  ['server/api/b.ts', '@k8s-ai-assistant/demo-model', 'demo-is-loaded-when-chosen'],
  ['server/plugins/a.ts', '@k8s-ai-assistant/demo-model', 'demo-is-not-in-the-start'],
  ['server/core/sources.ts', '@k8s-ai-assistant/demo-model', 'demo-is-not-in-the-start'],
  ['server/api/c.ts', 'openai', 'openai-in-model-only'],
  ['server/agent/a.ts', 'openai', 'openai-in-model-only'],
  ['server/mcp/a.ts', 'openai/resources', 'openai-in-model-only'],
  ['server/agent/b.ts', '@modelcontextprotocol/sdk/types.js', 'mcp-sdk-in-mcp-only'],
  ['server/model/a.ts', '@modelcontextprotocol/sdk/types.js', 'mcp-sdk-in-mcp-only'],
  ['server/model/b.ts', '../agent/turn', 'agent-is-on-top'],
  ['server/mcp/b.ts', '../agent/policy', 'agent-is-on-top'],
  ['server/results/a.ts', '../agent/policy', 'agent-is-on-top'],
  ['server/preview/a.ts', '../agent/policy', 'agent-is-on-top'],
  ['server/results/deep/a.ts', '../../model/types', 'results-are-plain-data'],
  ['server/results/b.ts', '../mcp/types', 'results-are-plain-data'],
  ['server/mcp/c.ts', '../preview', 'preview-is-above'],
  ['server/preview/b.ts', '../model/types', 'preview-asks-no-model'],
  ['mcp/tools/a.ts', '../../server/config/config', 'mcp-is-a-program'],
  ['mcp/transports/a.ts', 'h3', 'mcp-is-a-program'],
  ['mcp/protocol/a.ts', '../../server/mcp/types', 'mcp-is-a-program'],
  ['mcp/kubernetes/a.ts', '@modelcontextprotocol/sdk/types.js', 'mcp-tools-know-no-protocol'],
  ['server/core/a.ts', '../../mcp/kubernetes/connection/client', 'mcp-by-protocol-only'],
  ['server/mcp/d.ts', '../../mcp/tools/get', 'mcp-by-protocol-only'],
  ['server/api/d.ts', '../../mcp/main', 'mcp-by-protocol-only'],
  ['server/core/b.ts', '../../tests/support/target', 'nothing-imports-tests'],
  ['server/core/c.ts', './no-such-file', 'no-unresolved'],
  ...['agent', 'model', 'mcp', 'preview', 'results', 'stream'].flatMap((part) =>
    ['h3', 'nuxt/app', 'vue', 'nitropack/runtime', '#imports', '../api/chat.post', '../plugins/assistant'].map(
      (path, index): [string, string, string] => [`server/${part}/web${index}.ts`, path, 'core-knows-no-web'],
    ),
  ),
]

/** By `import()`, which is an import too. */
const FORBIDDEN_DYNAMIC: [file: string, path: string, rule: string][] = [
  ['pages/dynamic.ts', '../server/config/config', 'page-knows-no-server'],
  ['server/api/dynamic.ts', '@k8s-ai-assistant/demo-model', 'demo-is-loaded-when-chosen'],
  ['server/agent/dynamic.ts', 'h3', 'core-knows-no-web'],
  ['server/results/dynamic.ts', '../mcp/types', 'results-are-plain-data'],
  ['server/preview/dynamic.ts', '../model/types', 'preview-asks-no-model'],
]

const ALLOWED: [file: string, path: string][] = [
  ['pages/ok-a.ts', '../shared/result'],
  ['pages/ok-b.ts', '#shared/result'],
  ['components/ok-a.ts', 'vue'],
  ['components/ok-b.ts', 'vue/server-renderer'],
  ['shared/ok.ts', 'zod'],
  ['server/api/ok-a.ts', 'h3'],
  ['server/api/ok-b.ts', '../agent/turn'],
  ['server/agent/ok-a.ts', '../model/types'],
  ['server/agent/ok-b.ts', '../mcp/types'],
  ['server/agent/ok-c.ts', '../results/types'],
  ['server/model/ok.ts', 'openai'],
  ['server/mcp/ok-a.ts', '@modelcontextprotocol/sdk/client/index.js'],
  ['server/mcp/ok-b.ts', '../../mcp/kubernetes/connection/kubeconfig'],
  ['tests/unit/ok-a.ts', '../../server/agent/turn'],
  ['tests/unit/ok-b.ts', '@k8s-ai-assistant/demo-model'],
]

const ALLOWED_DYNAMIC: [file: string, path: string][] = [['server/plugins/ok.ts', '@k8s-ai-assistant/demo-model']]

function write(path: string, text: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, path.endsWith('.vue') ? `<script setup lang="ts">\n${text}</script>\n` : text)
}

/** File → the rules that it breaks. */
const broken = new Map<string, string[]>()
/** But for `no-unresolved`: this tree has no packages. */
const brokenDirections = (file: string): string[] => (broken.get(file) ?? []).filter((rule) => rule !== 'no-unresolved')

beforeAll(async () => {
  const paths = { '#shared/*': ['../shared/*'], '~~/*': ['../*'], '@@/*': ['../*'] }
  write('.nuxt/tsconfig.json', JSON.stringify({ compilerOptions: { paths }, include: ['../shared'] }))
  for (const target of TARGETS) write(target, 'export const x = 1\n')
  for (const [file, path] of [...FORBIDDEN, ...ALLOWED])
    write(file, `import { x } from '${path}'\n\nexport const y = x\n`)
  for (const [file, path] of [...FORBIDDEN_DYNAMIC, ...ALLOWED_DYNAMIC])
    write(file, `export const y = () => import('${path}')\n`)
  write('server/core/one.ts', "import { two } from './two'\n\nexport const one = (): number => two()\n")
  write('server/core/two.ts', "import { one } from './one'\n\nexport const two = (): number => one()\n")
  const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const args = [cli, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', '.']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 50_000_000 }).catch(
    (error: unknown) => z.object({ stdout: z.string() }).parse(error),
  )
  for (const { from, rule } of reportSchema.parse(JSON.parse(stdout)).summary.violations)
    broken.set(from, [...(broken.get(from) ?? []), rule.name])
}, 60_000)

describe('the direction of imports', () => {
  it.each(FORBIDDEN)('%s must not import %s: %s', (file, _, rule) => {
    expect(broken.get(file)).toContain(rule)
  })

  it.each(FORBIDDEN_DYNAMIC)('%s must not load %s dynamically: %s', (file, _, rule) => {
    expect(broken.get(file)).toContain(rule)
  })

  it.each(ALLOWED)('%s may import %s', (file) => {
    expect(brokenDirections(file)).toEqual([])
  })

  it.each(ALLOWED_DYNAMIC)('%s may load %s dynamically', (file) => {
    expect(brokenDirections(file)).toEqual([])
  })

  it('has no cycle', () => {
    expect(broken.get('server/core/one.ts') ?? broken.get('server/core/two.ts')).toContain('no-cycle')
  })
})
