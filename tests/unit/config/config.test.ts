import { afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../../server/config/config'
import { ConfigError } from '../../../server/config/error'

const folder = mkdtempSync(join(tmpdir(), 'config-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
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

  it('refuses a server over SSE for several replicas, since it may take one client alone (writes-30)', () => {
    const replicas = { REDIS_URL: 'redis://127.0.0.1', APPROVAL_KEY: 'a key for the replicas of this test' }
    for (const address of [
      { MCP_SERVER_URL: 'http://h:3000' },
      { MCP_SERVER_URL: 'http://h:3000/mcp', MCP_TRANSPORT: 'sse' },
    ]) {
      expect(readConfig(address).mcp).toMatchObject({ transport: 'sse' })
      expect(() => readConfig({ ...address, ...replicas })).toThrow(/MCP_SERVER_URL.*one client.*streamable HTTP/)
    }
    expect(readConfig({ MCP_SERVER_URL: 'http://h:3000/mcp', ...replicas }).mcp).toMatchObject({ transport: 'http' })
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
    expect(childEnv).toEqual({ PATH: '/bin', AWS_PROFILE: 'x' })
  })

  it('reports all that is wrong at once', () => {
    const wrong = {
      PORT: 'http',
      OLLAMA_BASE_URL: 'localhost',
      MCP_TRANSPORT: 'sse',
      KUBECONFIG: '/does/not/exist',
      POLICY_FILE: '/does/not/exist',
      AUTH_MODE: 'proxy',
      REDIS_URL: 'redis://127.0.0.1',
      TLS_CERT_FILE: '/does/not/exist',
    }
    const missing = ['AUTH_PROXY_SECRET', 'APPROVAL_KEY', 'TLS_KEY_FILE']
    const { AUTH_MODE: _mode, REDIS_URL: _redis, ...named } = wrong
    const lines = problemsOf(wrong)
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([...Object.keys(named), ...missing].sort())
  })

  it('says nothing of what depends on a wrong variable', () => {
    expect(problemsOf({ AUTH_MODE: 'basic', AUTH_TOKEN: 'sixteen-characters' })).toEqual([
      'AUTH_MODE: "basic" is none of none, token, proxy, rancher, oidc',
    ])
    expect(problemsOf({ MCP_SERVER_URL: 'ftp://h', MCP_TRANSPORT: 'http' })).toHaveLength(1)
  })

  it('does not hand on a secret that MCP_SERVER_ENV names', () => {
    expect(problemsOf({ MCP_SERVER_ENV: 'CORP_REALM,REDIS_URL' })).toEqual([
      'MCP_SERVER_ENV: REDIS_URL is a secret of this server: no child process receives it',
    ])
    expect(problemsOf({ MCP_SERVER_ENV: '*' })).toEqual([
      'MCP_SERVER_ENV: "*" is neither the name of a variable nor NAME_*',
    ])
  })

  it('finds mistyped variables', () => {
    expect(readConfig({ OLAMA_MODEL: 'x' }).typos).toEqual([{ name: 'OLAMA_MODEL', meant: 'OLLAMA_MODEL' }])
  })
})

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}
