import { afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, readConfig } from '../../server/config'
import { KubeconfigError, hasContexts, readKubeconfig } from '../../server/cluster/kubeconfig'

const folder = mkdtempSync(join(tmpdir(), 'config-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const two = file(
  'two',
  `apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://127.0.0.1:1", certificate-authority: ca.crt}}]
users: [{name: viewer, user: {token: viewer-token}}, {name: admin, user: {token: admin-token}}]
contexts: [{name: viewer, context: {cluster: test, user: viewer}}, {name: admin, context: {cluster: test, user: admin}}]
current-context: viewer
`,
)

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfig({ HOME: folder })).toMatchObject({
      demo: false,
      model: { name: 'gpt-oss:20b', stallMs: 120_000 },
      mcp: { kind: 'embedded' },
      maxRounds: 8,
    })
  })

  it.each([
    ['http://h:3000', 'sse', 'http://h:3000/sse'],
    ['http://h:3000/sse', 'sse', 'http://h:3000/sse'],
    ['http://h:3000/mcp', 'http', 'http://h:3000/mcp'],
  ])('reads MCP_SERVER_URL=%s as %s', (value, transport, href) => {
    expect(readConfig({ MCP_SERVER_URL: value }).mcp).toMatchObject({ transport, url: { href } })
  })

  it('lets MCP_TRANSPORT decide', () => {
    const { mcp } = readConfig({ MCP_SERVER_URL: 'http://h:3000', MCP_TRANSPORT: 'http' })
    expect(mcp).toMatchObject({ transport: 'http', url: { pathname: '/mcp' } })
  })

  it.each([
    ['OLLAMA_BASE_URL', { OLLAMA_BASE_URL: 'localhost:11434' }],
    ['OLLAMA_CONTEXT_LENGTH', { OLLAMA_CONTEXT_LENGTH: '4k' }],
    ['MCP_SERVER_URL', { MCP_SERVER_URL: 'ftp://x' }],
    ['MCP_SERVER_URL', { MCP_SERVER_URL: 'http://user:hunter2@h:3000' }],
    ['MCP_TRANSPORT', { MCP_TRANSPORT: 'pigeon' }],
    ['MCP_TRANSPORT', { MCP_TRANSPORT: 'sse' }],
    ['MCP_TRANSPORT', { MCP_TRANSPORT: 'stdio', MCP_SERVER_URL: 'http://h' }],
    ['MCP_SERVER_COMMAND', { MCP_SERVER_COMMAND: 'x', MCP_SERVER_URL: 'http://h' }],
    ['KUBECONFIG', { KUBECONFIG: '/does/not/exist' }],
    ['DEMO', { DEMO: 'perhaps' }],
    ['AUTH_MODE', { AUTH_MODE: 'basic' }],
    ['MAX_TURNS_PER_MINUTE', { MAX_TURNS_PER_MINUTE: '0' }],
    ['MAX_TURNS_PER_USER', { MAX_TURNS_PER_USER: 'many' }],
    ['MAX_STREAMS_PER_USER', { MAX_STREAMS_PER_USER: '-1' }],
  ])('names the wrong variable %s', (variable, env) => {
    expect(() => readConfig(env)).toThrow(ConfigError)
    expect(() => readConfig(env)).toThrow(new RegExp(`^${variable}: `))
  })

  it('is overridden by DEMO=1, wrong values too', () => {
    const wrong = {
      OLLAMA_BASE_URL: 'localhost',
      MCP_SERVER_URL: 'x',
      MCP_TRANSPORT: 'pigeon',
      KUBECONFIG: '/not/there',
    }
    expect(readConfig({ DEMO: '1', ...wrong })).toMatchObject({ demo: true, mcp: { kind: 'embedded' } })
  })

  it('does not hand our own secrets to the servers it starts', () => {
    const { childEnv } = readConfig({
      PATH: '/bin',
      AWS_PROFILE: 'x',
      MCP_AUTH_TOKEN: 's',
      OLLAMA_API_KEY: 's',
      AUTH_MODE: 'token',
      AUTH_TOKEN: 'sixteen-characters',
      REDIS_URL: 'redis://:s@h',
      APPROVAL_KEY: 'the key that all replicas have, in words',
      NITRO_SSL_KEY: 's',
    })
    expect(childEnv).toEqual({ PATH: '/bin', AWS_PROFILE: 'x', AUTH_MODE: 'token' })
  })
})

describe('the kubeconfig', () => {
  it('tells cluster and context in use', () => {
    expect(readKubeconfig([two])).toMatchObject({ context: 'viewer', name: 'test' })
  })

  it('can be reduced to one context, with paths that still lead to their files', () => {
    const { alone } = readKubeconfig([two], 'admin')
    expect(alone).toContain('admin-token')
    expect(alone).not.toContain('viewer')
    expect(alone).toContain(join(folder, 'ca.crt'))
  })

  it('names the contexts there are where the wanted one is not', () => {
    expect(() => readKubeconfig([two], 'prod')).toThrow(KubeconfigError)
    expect(() => readKubeconfig([two], 'prod')).toThrow('viewer, admin')
  })

  it('merges files as kubectl does: the first one wins', () => {
    const other = file('other', 'current-context: admin\n')
    expect(readKubeconfig([other, two]).context).toBe('admin')
    expect(readKubeconfig([two, other]).context).toBe('viewer')
  })

  it('knows a file that has nothing to choose from', () => {
    expect(hasContexts([two])).toBe(true)
    expect(hasContexts([file('empty', '')])).toBe(false)
    expect(hasContexts([])).toBe(false)
  })

  it('says which file is broken', () => {
    const broken = file('broken', 'contexts: [')
    expect(() => readKubeconfig([broken])).toThrow(broken)
    expect(() => readKubeconfig([file('list', '- a')])).toThrow('not a kubeconfig')
  })
})
