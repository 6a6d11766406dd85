import { describe, expect, it } from 'vitest'
import { groups } from '../../../../shared/environment/about'
import { childNames } from '../../../../shared/environment/child-names'
import { childEnvironment, forgetSecrets } from '../../../../shared/environment/children'
import { environmentHelp } from '../../../../shared/environment/help'
import { readEnvironment } from '../../../../shared/environment/read'
import { variables } from '../../../../shared/environment/schema'

const secrets = variables.filter(({ secret }) => secret).map(({ name }) => name)

describe('the schema of the environment', () => {
  it('describes every variable by one sentence in a known group', () => {
    for (const { name, text, group, programs } of variables) {
      expect(text, name).toMatch(/^[`A-Z].*\.$/s)
      expect(Object.keys(groups), name).toContain(group)
      expect(programs.length, name).toBeGreaterThan(0)
    }
  })

  it('accepts an empty environment, and empty variables', () => {
    const empty = Object.fromEntries(variables.map(({ name }) => [name, '  ']))
    for (const program of ['app', 'mcp'] as const)
      for (const env of [{}, empty]) expect(readEnvironment(env, program).problems).toEqual([])
  })

  it('marks what looks like a secret as one', () => {
    const named = variables
      .filter(({ name }) => /TOKEN(?!S)|SECRET|PASSWORD|(^|_)KEY$/.test(name))
      .map(({ name }) => name)
    expect(secrets).toEqual(expect.arrayContaining(named))
  })

  it('accepts its own defaults and examples', () => {
    for (const { name, example, programs } of variables)
      if (example !== undefined)
        for (const program of programs) expect(readEnvironment({ [name]: example }, program).problems).toEqual([])
  })

  it('never repeats the value of a secret', () => {
    for (const value of ['hunter2', 'hunter2 with a space', 'hunter2\u2603', 'http://u:hunter2@h', 'ftp://hunter2@'])
      for (const program of ['app', 'mcp'] as const) {
        const env = Object.fromEntries(secrets.map((name) => [name, value]))
        expect(JSON.stringify(readEnvironment(env, program).problems)).not.toContain('hunter2')
      }
  })

  it.each(['OLLAMA_BASE_URL', 'MCP_SERVER_URL', 'HELM_CHART_SOURCES'])('hides the password in a wrong %s', (name) => {
    const { problems } = readEnvironment({ [name]: 'ftp://ada:hunter2@host' }, 'app')
    expect(problems).toMatchObject([{ variable: name }])
    expect(problems[0]?.problem).not.toContain('hunter2')
  })

  it('reports all that is wrong, each variable once', () => {
    const env = { PORT: 'x', MAX_TURNS: '0', LOG_LEVEL: 'loud', AUTH_TOKEN: 'a b', HELM_CHART_SOURCES: 'x,y' }
    const { problems, environment } = readEnvironment({ ...env, MAX_ROUNDS: '9' }, 'app')
    expect(problems.map(({ variable }) => variable).sort()).toEqual(Object.keys(env).sort())
    expect(environment).toMatchObject({ MAX_ROUNDS: 9, MAX_TURNS: 64, LOG_LEVEL: 'info' })
  })

  it("reads only the program's own variables", () => {
    expect(readEnvironment({ OLLAMA_BASE_URL: 'x', MAX_TURNS: 'x' }, 'mcp').problems).toEqual([])
    expect(readEnvironment({ MCP_SECRET: 'x', MCP_EXPECTED_SERVER: 'x' }, 'app').problems).toEqual([])
  })
})

describe('the environment of child processes', () => {
  it('has no name for a secret of ours', () => {
    const env = Object.fromEntries(secrets.map((name) => [name, 'hunter2']))
    expect(childEnvironment(env, ['AUTH_TOKEN', 'MCP_*', 'REDIS_*', 'APPROVAL_*'])).toEqual({})
  })

  it('has only the allowed variables', () => {
    const env = {
      PATH: '/bin',
      LC_ALL: 'C',
      AWS_PROFILE: 'x',
      NAMESPACES: 'a',
      LOG_LEVEL: 'info',
      MY_DB: 's',
      EMPTY: '',
    }
    expect(childEnvironment(env, [])).toEqual({ PATH: '/bin', LC_ALL: 'C', AWS_PROFILE: 'x', NAMESPACES: 'a' })
    expect(childEnvironment(env, ['MY_*', 'EMPTY'])).toMatchObject({ MY_DB: 's' })
  })

  it('names each variable once', () => {
    const names = childNames.flatMap((group) => group.names)
    expect(new Set(names).size).toBe(names.length)
  })

  it('forgets secrets alone', () => {
    const env: Record<string, string> = { PATH: '/bin', MCP_SECRET: 's', MCP_AUTH_TOKEN: 's' }
    forgetSecrets(env)
    expect(env).toEqual({ PATH: '/bin' })
  })
})

describe('--help of the MCP server', () => {
  it('lists its variables in plain text', () => {
    const help = environmentHelp('mcp')
    expect(help).toContain('  KUBECONFIG  ')
    expect(help).toContain('  DENY_KINDS  ')
    expect(help).not.toContain('OLLAMA')
    expect(help).not.toMatch(/[`[]/)
  })
})
