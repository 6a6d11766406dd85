import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../../scripts/paths.mjs'
import { hasHelm, hasKubectl, testKubeconfig } from '../../support/app'
import { CHART, valuesFile } from '../../support/helm-chart'

const run = promisify(execFile)
const canRun = testKubeconfig !== undefined && hasHelm() && hasKubectl()
if (testKubeconfig !== undefined && !canRun) console.log('The chart is not installed: helm or kubectl is missing.')

const env = { ...process.env, KUBECONFIG: testKubeconfig }
const kubectl = async (...args: string[]) => (await run('kubectl', args, { env })).stdout.trim()
const helm = async (...args: string[]) => (await run('helm', args, { env })).stdout

describe.skipIf(!canRun)('the chart on a cluster', () => {
  const namespace = `chart-${randomUUID().slice(0, 8)}`
  /** What the cluster lacked: removed at the end. */
  const made: string[] = []
  const create = async (...args: string[]) => {
    const name = await kubectl('create', '-o', 'name', ...args).catch((error: unknown) => {
      if (/AlreadyExists/.test(String(error))) return undefined
      throw error
    })
    if (name !== undefined) made.push(name)
    return name
  }

  beforeAll(async () => {
    const folder = join(root, 'tests', 'support', 'crds')
    for (const file of readdirSync(folder)) {
      const name = await create('-f', join(folder, file))
      if (name !== undefined) await kubectl('wait', '--for=condition=Established', name)
    }
    for (const each of [namespace, 'cattle-ui-plugin-system']) await create('namespace', each)
  })
  afterAll(async () => {
    await helm('uninstall', 'test', '--namespace', namespace).catch(() => undefined)
    if (made.length > 0) await kubectl('delete', '--wait=false', ...made)
  })

  it.each(['all', 'mcp'] as const)('is accepted by the API server with the values "%s"', async (values) => {
    const args = ['install', 'dry', CHART, '--namespace', namespace, '-f', valuesFile(values)]
    const answer = await helm(...args, '--dry-run=server')
    expect(answer).toContain('kind: Deployment')
    const rendered = join(root, 'node_modules', '.cache', `chart-${values}`)
    await helm('template', 'dry', CHART, '--namespace', namespace, '-f', valuesFile(values), '--output-dir', rendered)
    const applied = await kubectl('apply', '--dry-run=server', '--validate=strict', '--recursive', '-f', rendered)
    const kinds = applied.split('\n').map((line) => line.split('/')[0])
    const expected =
      values === 'all'
        ? [
            'deployment.apps',
            'httproute.gateway.networking.k8s.io',
            'ingress.networking.k8s.io',
            'networkpolicy.networking.k8s.io',
            'persistentvolumeclaim',
            'poddisruptionbudget.policy',
            'servicemonitor.monitoring.coreos.com',
            'uiplugin.catalog.cattle.io',
          ]
        : ['deployment.apps', 'networkpolicy.networking.k8s.io', 'service']
    expect(kinds).toEqual(expect.arrayContaining(expected))
    expect(applied).not.toMatch(/warning/i)
  })

  it('is installed by helm, with rights to read everything but Secrets', async () => {
    await helm('install', 'test', CHART, '--namespace', namespace, '--wait', '--timeout', '90s')
    expect(await kubectl('-n', namespace, 'get', 'deployment', '-o', 'jsonpath={.items[*].status.readyReplicas}')).toBe(
      '1',
    )
    const account = `system:serviceaccount:${namespace}:test-k8s-ai-assistant`
    const may = (...args: string[]) =>
      kubectl('auth', 'can-i', ...args, `--as=${account}`, '-A').catch(({ stdout }: { stdout: string }) =>
        stdout.trim(),
      )
    expect(await may('list', 'pods')).toBe('yes')
    expect(await may('get', 'pods', '--subresource=log')).toBe('yes')
    expect(await may('list', 'deployments.apps')).toBe('yes')
    for (const denied of [
      ['get', 'secrets'],
      ['list', 'secrets'],
      ['delete', 'pods'],
      ['create', 'pods', '--subresource=exec'],
    ])
      expect(await may(...denied), denied.join(' ')).toBe('no')
    await helm(
      'upgrade',
      'test',
      CHART,
      '--namespace',
      namespace,
      '--set',
      'changes.enabled=true',
      '--wait',
      '--timeout',
      '90s',
    )
    expect(await may('patch', 'deployments.apps')).toBe('yes')
    for (const denied of [
      ['get', 'secrets'],
      ['create', 'clusterroles.rbac.authorization.k8s.io'],
    ])
      expect(await may(...denied), denied.join(' ')).toBe('no')
  })
})
