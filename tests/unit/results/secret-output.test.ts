/** Calls about Secrets, in every output format. */
import { describe, expect, it } from 'vitest'
import { present, presentText, tableOf } from './load-fixture'

const base64 = Buffer.from('hunter2-canary').toString('base64')

describe('an answer about Secrets', () => {
  it.each([
    ['a value', base64, { resourceType: 'secret', name: 'db' }],
    [
      'a decoded value',
      'hunter2-canary',
      { command: 'get', args: ['secret/db', '-o', 'go-template={{.data.password}}'] },
    ],
    ['values by a path', `{"password":"${base64}"}`, { command: 'get', args: ['secrets', '-o', 'jsonpath={.data}'] }],
    ['columns that are chosen', `NAME   X\ndb     ${base64}`, { resourceType: 'secrets', output: 'wide' }],
    [
      'a column whose heading lies',
      `NAME\n${base64}`,
      { command: 'get', args: ['secrets', '-o', 'custom-columns=NAME:.data.password'] },
    ],
    [
      'an endpoint',
      `{"items":[{"data":{"password":"${base64}"}}]}`,
      { command: 'get', args: ['--raw', '/api/v1/secrets'] },
    ],
    ['kinds in a list', `hunter2-canary`, { resourceType: 'pods,secrets.v1.' }],
    ['a kind in capitals', `hunter2-canary`, { apiVersion: 'v1', kind: 'Secret', name: 'db' }],
  ])('shows no %s', (_, text, args) => {
    const shown = JSON.stringify(presentText('kubectl_generic', text, { args }))
    expect(shown).not.toContain(base64)
    expect(shown).not.toContain('hunter2-canary')
  })

  it('is a table of names, keys and sizes', () => {
    const text = 'NAME   TYPE     DATA   AGE\ndb     Opaque   2      5d\n'
    const shown = tableOf(presentText('kubectl_get', text, { args: { resourceType: 'secrets', output: 'wide' } }))
    expect(shown.rows).toEqual([['db', 'Opaque', '2', '5d']])
  })

  it('is a manifest or a description with keys and sizes', () => {
    const manifest = `apiVersion: v1\ndata:\n  password: ${base64}\nkind: Secret\nmetadata:\n  name: db`
    expect(presentText('resources_get', manifest, { args: { kind: 'Secret', name: 'db' } }).forModel).toContain(
      'password: <redacted, 14 bytes>',
    )
    expect(present('mcp-server-kubernetes/describe_secret').forModel).toMatch(/bytes/)
  })

  it.each(['secret/db created', 'secret "db" deleted', 'No resources found in shop namespace.'])(
    'is the call: %s',
    (text) => {
      expect(presentText('kubectl_delete', text, { args: { resourceType: 'secret', name: 'db' } }).forModel).toBe(text)
    },
  )

  it('keeps the words of an error', () => {
    const args = { resourceType: 'secret', name: 'db' }
    expect(presentText('kubectl_get', 'secrets "db" not found', { args, isError: true }).forModel).toBe(
      'secrets "db" not found',
    )
  })
})

describe('an answer that repeats what its call held in secret', () => {
  const args = {
    name: 'web',
    values: { adminPassword: 'correct horse' },
    manifest: `kind: Secret\ndata:\n  a: ${base64}`,
  }

  it('does so without it, plain and in base64', () => {
    const text = `Log in with correct horse, or ${Buffer.from('correct horse').toString('base64')}; not hunter2-canary`
    expect(presentText('helm_install', text, { args }).forModel).toBe(
      'Log in with <redacted>, or <redacted>; not <redacted>',
    )
  })

  it('also in a table', () => {
    const text = 'NAME   NOTE\nweb    correct horse\n'
    expect(tableOf(presentText('resources_list', text, { args })).rows).toEqual([['web', '<redacted>']])
  })

  it('and keeps its harmless parts', () => {
    expect(presentText('helm_install', 'web is up', { args }).forModel).toBe('web is up')
  })
})
