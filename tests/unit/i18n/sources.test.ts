import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { englishTexts } from '../../../shared/messages/english'
import { sentencesIn } from './sentences'

const root = join(import.meta.dirname, '..', '..', '..')
const SOURCES = ['server', 'mcp', 'shared', 'components', 'composables', 'utils', 'stores', 'plugins', 'pages']

/** Where sentences stand that no catalogue has to have. A path ending in / is a folder. */
const ELSEWHERE: Record<string, readonly string[]> = {
  'for the model': [
    ...['server/agent/model-texts.ts', 'server/agent/prompt.ts', 'server/agent/history.ts'],
    ...['server/approvals/model-texts.ts', 'server/results/model-text/', 'server/results/shrink.ts'],
    ...['server/results/clean-steps.ts', 'shared/results/', 'shared/chat/asked.ts', 'shared/embed/context-schema.ts'],
    'shared/chat/reminders.ts',
    ...['utils/chat/messages.ts', 'server/results/kept/kept-results.ts'],
    ...['mcp/protocol/change-text.ts', 'mcp/tools/explain/text.ts', 'mcp/tools/writes/metadata.ts'],
  ],
  'descriptions, which keep the words of kubectl describe': [
    ...['mcp/tools/describe.ts', 'mcp/tools/describe/', 'mcp/tools/rollout.ts', 'mcp/helm/release-values.ts'],
  ],
  'for the operator, at the start': [
    ...['shared/environment/', 'server/config/', 'server/auth/config.ts', 'server/auth/modes/'],
    ...['server/approvals/config.ts', 'server/agent/policy/rules.ts', 'server/agent/policy/rule-tools.ts'],
    ...['server/audit/', 'mcp/config.ts', 'mcp/main.ts'],
    ...['server/http/side-servers.ts', 'server/telemetry/metrics.ts'],
  ],
  'for programs: API documents, and answers to MCP clients, browsers and Helm': [
    ...['server/openapi/', 'server/socket/', 'mcp/transports/', 'mcp/protocol/session.ts', 'mcp/helm/program/'],
    ...['mcp/helm/changes/run.ts', 'server/tls/plain-http.ts'],
  ],
  'patterns and words of other programs': [
    ...['server/redact/', 'shared/redact/', 'server/agent/policy/arguments.ts', 'server/agent/answer/general/'],
    'server/results/parse/events-yaml.ts',
    ...['mcp/kubernetes/errors/refusals.ts', 'mcp/helm/changes/plan.ts', 'mcp/diagnose/checks/'],
  ],
  'names of a login, the log and inner errors': [
    ...['mcp/kubernetes/connection/', 'server/mcp/session/connecting.ts', 'mcp/changes/prepare.ts'],
    ...['server/mcp/connection/connection.ts', 'server/redis/connection.ts', 'utils/turn/turnFeed.ts'],
  ],
}
const elsewhere = Object.values(ELSEWHERE).flat()

const files = SOURCES.flatMap((folder) => globSync(`${folder}/**/*.{ts,vue}`, { cwd: root }))
  .filter((path) => path !== join('shared', 'messages', 'params.ts'))
  .sort()
const isElsewhere = (path: string) =>
  elsewhere.some((each) => (each.endsWith('/') ? path.startsWith(each) : path === each))
const read = (path: string) => sentencesIn(path, readFileSync(join(root, path), 'utf8'))

describe('the sources', () => {
  it('have no sentence outside the catalogue', () => {
    const found = files
      .filter((path) => !isElsewhere(path))
      .flatMap((path) => read(path).map(({ line, text }) => `${path}:${line} ${text}`))
    expect(found).toEqual([])
  })

  it.each(elsewhere)('need the exception for %s', (each) => {
    expect(files.filter((path) => isUnder(path, each)).flatMap(read)).not.toEqual([])
  })
})

function isUnder(path: string, each: string): boolean {
  return each.endsWith('/') ? path.startsWith(each) : path === each
}

describe('the catalogue', () => {
  const source = files.map((path) => readFileSync(join(root, path), 'utf8')).join('\n')
  // `change-${code}`: a code that is put together.
  const parts = [...source.matchAll(/`((?:[a-z0-9-]|\$\{[^{}]*\})+)`/g)].map(([, text = '']) => text)
  const made = parts
    .filter((text) => /\$/.test(text) && text.replace(/\$\{[^{}]*\}/g, '').length > 2)
    .map((text) => new RegExp(`^${text.replace(/\$\{[^{}]*\}/g, '[a-z0-9-]+')}$`))

  it('has no message that nobody sends', () => {
    const isSent = (code: string) => source.includes(`'${code}'`) || made.some((each) => each.test(code))
    expect(Object.keys(englishTexts).filter((code) => !isSent(code))).toEqual([])
  })
})

describe('a search for sentences', () => {
  it.each([
    ['a string', 'a.ts', "const a = 'The model is gone.'"],
    ['a template', 'a.ts', 'const a = `There is no ${b} in it`'],
    ['a script of a component', 'a.vue', "<script setup>\nconst a = 'The model is gone.'\n</script>"],
    ['a word of a component', 'a.vue', '<template><p><b>Close</b></p></template>'],
    ['an attribute', 'a.vue', '<template><UButton v-if="a" label="Close" /></template>'],
    ['an expression', 'a.vue', `<template><p>{{ a ? 'The model is gone.' : '' }}</p></template>`],
    ['a bound attribute', 'a.vue', `<template><UButton :label="a || 'The model is gone.'" /></template>`],
  ])('finds one in %s', (_, path, source) => {
    expect(sentencesIn(path, source)).toHaveLength(1)
  })

  it.each([
    ['an import', "import a from 'the/name of it/is in'"],
    ['the log', "this.log.warn({ a }, 'the session was not opened')"],
    ["a programmer's error", "throw new Error('the fixture is empty')"],
    ["a tool's description", "const tool = { description: 'List the objects of a kind.' }"],
    ['a name', "const a = 'pods.metrics.k8s.io in all'"],
  ])('leaves out %s', (_, source) => {
    expect(sentencesIn('a.ts', source)).toEqual([])
  })
})
