import { describe, expect, it } from 'vitest'
import { readHelmConfig } from '../../../../../mcp/helm/program/config'
import { helmWriteTools } from '../../../../../mcp/tools/helm-writes'

const tools = new Map(helmWriteTools(readHelmConfig({})).map((tool) => [tool.name, tool]))

function read(name: string, raw: unknown) {
  const tool = tools.get(name)
  if (!tool) throw new Error(name)
  return tool.read(raw)
}

describe('the arguments of the Helm tools', () => {
  it('reads values as an object, as JSON and as YAML', () => {
    const expected = { name: 'web', values: { replicaCount: 2 } }
    expect(read('helm_upgrade', { name: 'web', values: { replicaCount: 2 } })).toEqual(expected)
    expect(read('helm_upgrade', { release: 'web', values: '{"replicaCount": 2}' })).toEqual(expected)
    expect(read('helm_upgrade', { releaseName: 'web', set: 'replicaCount: 2\n' })).toEqual(expected)
  })

  it('accepts namespace/name, numbers as text, and what models write for nothing', () => {
    expect(read('helm_rollback', { name: 'shop/web', revision: '3' })).toEqual({
      name: 'web',
      namespace: 'shop',
      revision: 3,
    })
    expect(read('helm_upgrade', { name: 'web', version: null, repo: 'none' })).toEqual({ name: 'web' })
    expect(read('helm_install', { name: 'web', chart: 'redis', repository: 'https://charts.example' })).toEqual({
      name: 'web',
      chart: 'redis',
      repo: 'https://charts.example',
    })
  })

  it('refuses arguments of any other shape with the name of the argument (writes-31)', () => {
    expect(() => read('helm_upgrade', { name: { toString: 'x' } })).toThrow('The argument name must be a text.')
    expect(() => read('helm_upgrade', { name: 'web', values: [1] })).toThrow('The argument values must be an object')
    expect(() => read('helm_upgrade', { name: 'web', values: 'a: &x 1\nb: *x\n' })).toThrow(
      'Line 1: anchors are not accepted',
    )
    expect(() => read('helm_upgrade', [])).toThrow('must be one JSON object')
    expect(() => read('helm_upgrade', { name: 'web', postRenderer: 'sh' })).toThrow('has no argument postRenderer')
    expect(() => read('helm_rollback', { name: 'web', revision: 0 })).toThrow('above 0')
    expect(() => read('helm_uninstall', {})).toThrow('helm_uninstall needs the argument name.')
    expect(() => read('helm_uninstall', { name: 'web', repo: 'https://x' })).toThrow('has no argument repo')
    expect(() => read('helm_install', { name: 'web' })).toThrow('helm_install needs the argument chart.')
  })

  it.each(['--kubeconfig', '-x', 'a b', 'Web', '..', '$(id)'])('refuses the release name %j', (name) => {
    expect(() => read('helm_uninstall', { name })).toThrow('not a valid release name')
  })

  it.each(['--post-renderer', '../../etc', '/charts/../etc', 'a;b', 'http://charts.example/x y'])(
    'refuses the chart %j',
    (chart) => {
      expect(() => read('helm_install', { name: 'web', chart })).toThrow('is not a chart')
    },
  )

  it.each(['http://charts.example', 'https://user:secret@charts.example', 'file:///etc'])(
    'refuses the repository %j',
    (repo) => {
      expect(() => read('helm_install', { name: 'web', chart: 'x', repo })).toThrow('is not a chart repository')
    },
  )

  it.each([
    [{ db: { password: 'hunter2-zebra' } }, 'db.password looks like a credential'],
    [{ env: [{ name: 'API_TOKEN', value: 'abc12345' }] }, 'env[0].value looks like a credential'],
    [{ args: ['--password', 'hunter2-zebra'] }, 'args[1] looks like a credential'],
    [{ url: 'postgres://app:hunter2@db/app' }, 'url looks like a credential'],
    [{ motd: '<redacted>' }, 'motd is "<redacted>", a placeholder for a hidden value'],
    [{ extraObjects: [{ apiVersion: 'v1', kind: 'Secret', stringData: { a: 'b' } }] }, 'The values hold a Secret.'],
    [{ motd: 'a\u202Eb' }, 'motd holds invisible characters'],
  ])('refuses the values %j', (values, message) => {
    expect(() => read('helm_upgrade', { name: 'web', values })).toThrow(message)
  })

  it('accepts references to Secrets by their names (writes-28)', () => {
    const values = {
      auth: { existingSecret: 'db', secretKeys: { userPasswordKey: 'pw' } },
      imagePullSecrets: [{ name: 'registry' }],
      serviceAccount: { automountServiceAccountToken: true },
      tls: { secretName: 'web-tls' },
    }
    expect(read('helm_upgrade', { name: 'web', values })).toEqual({ name: 'web', values })
  })
})

describe('the chart sources of the operator', () => {
  it('are repositories, registries and folders', () => {
    const sources = 'https://charts.example/stable/, oci://registry.example/charts,/srv/charts/'
    expect(readHelmConfig({ HELM_CHART_SOURCES: sources }).sources).toEqual([
      { kind: 'repository', url: 'https://charts.example/stable' },
      { kind: 'registry', prefix: 'oci://registry.example/charts' },
      { kind: 'folder', path: '/srv/charts' },
    ])
    expect(readHelmConfig({}).sources).toEqual([])
  })

  it.each(['http://charts.example', 'charts', 'https://me:secret@charts.example'])('are not %j', (source) => {
    expect(() => readHelmConfig({ HELM_CHART_SOURCES: source })).toThrow(/^HELM_CHART_SOURCES: /)
    expect(() => readHelmConfig({ HELM_CHART_SOURCES: source })).not.toThrow(/secret/)
  })
})
