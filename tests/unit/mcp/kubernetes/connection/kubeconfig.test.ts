import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  KubeconfigError,
  fingerprint,
  hasContexts,
  readKubeconfig,
  referencedFiles,
} from '../../../../../mcp/kubernetes/connection/kubeconfig'

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const TWO = `apiVersion: v1
kind: Config
current-context: viewer
clusters:
- name: test
  cluster: { server: "https://Test.example:6443/", certificate-authority: ca.crt }
contexts:
- name: viewer
  context: { cluster: test, user: viewer, namespace: shop }
- name: admin
  context: { cluster: test, user: admin }
users:
- name: viewer
  user: { token: viewer-token }
- name: admin
  user: { token: admin-token, client-key: /absolute/key, client-certificate: "" }
`
const two = file('two', TWO)

describe('one context of the kubeconfig', () => {
  it('has the context, the cluster, the API URL, the namespace and the user', () => {
    expect(readKubeconfig([two])).toMatchObject({
      context: 'viewer',
      name: 'test',
      server: 'https://test.example:6443',
      namespace: 'shop',
      user: 'viewer',
    })
    expect(readKubeconfig([two], 'admin').namespace).toBeUndefined()
  })

  it('holds nothing of other contexts', () => {
    const { alone } = readKubeconfig([two], 'admin')
    expect(alone['current-context']).toBe('admin')
    expect(JSON.stringify(alone)).toContain('admin-token')
    expect(JSON.stringify(alone)).not.toContain('viewer')
  })

  it('makes paths absolute, and names the files it refers to', () => {
    const { alone } = readKubeconfig([two], 'admin')
    expect(alone.clusters[0].cluster['certificate-authority']).toBe(join(folder, 'ca.crt'))
    expect(referencedFiles(alone)).toEqual([join(folder, 'ca.crt'), '/absolute/key'])
  })

  it('resolves the path of a credential plugin, but no bare name (cluster-6)', () => {
    const withPlugin = (command: string) =>
      file(
        'plugin',
        TWO.replace('user: { token: viewer-token }', `user: { exec: { command: "${command}", args: null, env: [] } }`),
      )
    const execOf = (command: string) => readKubeconfig([withPlugin(command)]).alone.users[0]?.user.exec
    expect(execOf('./token.sh')).toEqual({ command: join(folder, 'token.sh'), env: [] })
    expect(execOf('bin/token')).toEqual({ command: join(folder, 'bin/token'), env: [] })
    expect(execOf('/usr/bin/token')).toEqual({ command: '/usr/bin/token', env: [] })
    expect(execOf('aws')).toEqual({ command: 'aws', env: [] })
  })

  it('merges files as kubectl does: the first one wins, missing ones are skipped', () => {
    const other = file('other', 'current-context: admin\nusers: [{ name: admin, user: { token: other-token } }]\n')
    expect(readKubeconfig([other, two])).toMatchObject({ context: 'admin' })
    expect(readKubeconfig([other, two]).alone.users).toEqual([{ name: 'admin', user: { token: 'other-token' } }])
    expect(readKubeconfig([two, other]).context).toBe('viewer')
    expect(readKubeconfig([join(folder, 'none'), two]).context).toBe('viewer')
  })

  it.each<[string, string]>([
    [
      'JSON',
      '{\n\t"current-context": "a", "clusters": [{"name": "c", "cluster": {"server": "https://x"}}], "contexts": [{"name": "a", "context": {"cluster": "c"}}]}',
    ],
    ['a byte order mark and CRLF', `\uFEFF${TWO.replaceAll('\n', '\r\n')}`],
    ['extensions: null', `${TWO}preferences: {}\nextensions: null\n`],
    ['null in entries', TWO.replace('{ token: viewer-token }', '{ token: x, exec: null, extensions: null }')],
    ['a user without credentials', TWO.replace('  user: { token: viewer-token }\n', '')],
    ['equal keys', `${TWO}kind: Config\n`],
    ['two users for one context', TWO.replace('users:\n', 'users:\n- name: other\n  user: { token: o }\n')],
  ])('accepts %s (cluster-7)', (_, text) => {
    const { alone } = readKubeconfig([file('form', text)])
    expect(JSON.stringify(alone)).not.toContain('null')
    expect(JSON.stringify(alone)).not.toContain('extensions')
    expect(alone.users.length).toBeLessThan(2)
  })

  it.each([
    ['https://A.example:443/k8s/clusters/c-1/', 'https://a.example/k8s/clusters/c-1'],
    ['a.example:6443', 'https://a.example:6443'],
    ['https://me:secret@a.example', 'https://a.example'],
  ])('normalises the URL %s', (server, normal) => {
    const path = file('url', TWO.replace('https://Test.example:6443/', server))
    expect(readKubeconfig([path]).server).toBe(normal)
  })
})

describe('a kubeconfig that cannot be used', () => {
  const messageOf = (text: string, wanted?: string): string => {
    try {
      readKubeconfig([file('wrong', text)], wanted)
    } catch (error) {
      if (error instanceof KubeconfigError) return error.message
      throw error
    }
    return 'no error'
  }

  it('names KUBE_CONTEXT and the contexts if none is current (cluster-8)', () => {
    const message = messageOf(TWO.replace('current-context: viewer', 'current-context: ""'))
    expect(message).toBe(
      `${join(folder, 'wrong')}: no current context is set. Set KUBE_CONTEXT to one of: viewer, admin.`,
    )
  })

  it('does the same if the current context does not exist (cluster-8)', () => {
    const message = messageOf(TWO.replace('current-context: viewer', 'current-context: gone'))
    expect(message).toMatch(
      /^The current context "gone" does not exist in .*Set KUBE_CONTEXT to one of: viewer, admin\.$/,
    )
    expect(messageOf(TWO, 'prod')).toMatch(/^The context "prod" does not exist/)
  })

  it.each([
    [
      'no cluster of that name',
      TWO.replace('- name: test', '- name: other'),
      'the cluster "test", which does not exist',
    ],
    [
      'no user of that name',
      TWO.replace('- name: viewer\n  user', '- name: x\n  user'),
      'the user "viewer", which does',
    ],
    ['no server', TWO.replace(/server: "[^"]*", /, ''), 'has no server'],
    ['a list', '- a', 'is not a kubeconfig'],
    ['a wrong type', 'contexts: nine', '"contexts" has the wrong type'],
    ['no contexts', '', 'there are no contexts'],
  ])('is reported: %s', (_, text, words) => {
    expect(messageOf(text)).toContain(words)
  })

  it('is reported with its line, and never quoted', () => {
    const message = messageOf(`${TWO}- name: x\n  token: "secret-token\n`)
    expect(message).toMatch(/is not valid YAML: see line \d+\.$/)
    expect(message).not.toContain('secret')
  })

  it('is missing', () => {
    expect(() => readKubeconfig([join(folder, 'none')])).toThrow(`There is no file ${join(folder, 'none')}.`)
    expect(() => readKubeconfig([folder])).toThrow('it is a folder')
  })
})

describe('whether there is anything to choose from', () => {
  it('is known without a current context', () => {
    expect(hasContexts([two])).toBe(true)
    expect(hasContexts([file('empty', ''), join(folder, 'none')])).toBe(false)
    expect(hasContexts([])).toBe(false)
  })
})

describe('the fingerprint of files', () => {
  /** Long ago, so that the content is not read. */
  const settle = (path: string) => utimesSync(path, 1000, 1000)

  it('stays while nothing changes', () => {
    expect(fingerprint([two])).toBe(fingerprint([two]))
  })

  it('changes when a file is edited in place with the same size and the same time', () => {
    const path = file('edited', 'token: a')
    settle(path)
    const before = fingerprint([path])
    writeFileSync(path, 'token: b')
    settle(path)
    expect(fingerprint([path])).not.toBe(before)
  })

  it('changes when a file is replaced by rename, removed, and back', () => {
    const path = file('replaced', 'token: a')
    const before = fingerprint([path])
    renameSync(file('new', 'token: b'), path)
    const after = fingerprint([path])
    expect(after).not.toBe(before)
    rmSync(path)
    expect(fingerprint([path])).not.toBe(after)
  })

  it('changes when the symbolic link of a mounted Secret is swapped', () => {
    const mount = join(folder, 'mount')
    for (const version of ['v1', 'v2']) {
      mkdirSync(join(mount, version), { recursive: true })
      writeFileSync(join(mount, version, 'config'), 'token: same')
    }
    symlinkSync('v1', join(mount, '..data'))
    symlinkSync('..data/config', join(mount, 'config'))
    const before = fingerprint([join(mount, 'config')])
    symlinkSync('v2', join(mount, '..data_tmp'))
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    expect(fingerprint([join(mount, 'config')])).not.toBe(before)
  })
})
