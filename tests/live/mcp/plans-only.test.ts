/**
 * Read-only: each change is shown with a command. Nothing but dry runs reaches the API server, as a proxy before it counts,
 * and the command has the effect shown. Needs TEST_KUBECONFIG, kubectl and helm.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { startRecordedCluster } from '../../support/cluster/recorded-cluster'
import type { RecordedCluster } from '../../support/cluster/recorded-cluster'
import { startMcpProgram } from '../../support/mcp/program'
import type { McpProgram } from '../../support/mcp/program'
import { planCall, runCall } from '../../soak/changes/call'
import { createGadgets } from '../../soak/changes/gadgets'
import type { Gadgets } from '../../soak/changes/gadgets'
import { CHART_FOLDER } from '../../soak/changes/identity/operations'

const HELM = process.env.HELM_PATH ?? 'helm'

const web = (image: string, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image, env: [{ name: 'LOG', value: 'debug' }] }], ...more },
    },
  },
})

describe.skipIf(!testKubeconfig || !hasKubectl())('changes that are planned alone (writes-27)', () => {
  const id = randomUUID().slice(0, 8)
  let cluster: RecordedCluster
  let gadgets: Gadgets
  let program: McpProgram

  beforeAll(async () => {
    cluster = await startRecordedCluster(testKubeconfig ?? '', `assistant-plans-${id}`)
    gadgets = await createGadgets(cluster.api, id)
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, HELM_PATH: HELM, HELM_CHART_SOURCES: CHART_FOLDER }
    const KUBECONFIG = cluster.recorded
    program = await startMcpProgram({ transport: 'http', args: ['--plans'], env: { ...env, KUBECONFIG } })
  }, 60_000)
  afterAll(async () => {
    await program?.stop()
    await gadgets?.remove()
    await cluster?.remove()
  })

  const writes = () => cluster.recorder.writes
  const plan = (tool: string, args: Record<string, unknown>) =>
    planCall(program.session, { tool, args: { namespace: cluster.namespace, ...args } })
  /** As a person pastes it. */
  const paste = (command: string) =>
    execFileSync('sh', ['-c', command], { encoding: 'utf8', env: { ...process.env, KUBECONFIG: cluster.direct } })
  const diffs = ({ objects }: Awaited<ReturnType<typeof plan>>) => objects.map(({ diff }) => diff).join('\n')

  const gadget = (size: number) => ({
    kind: 'Gadget',
    metadata: { name: 'one' },
    spec: { size, notes: ['yes', '0644'] },
  })

  it.each<[string, string, Record<string, unknown> | (() => Record<string, unknown>)]>([
    ['kubectl create', 'kubectl_create', { manifest: web('nginx:1') }],
    ['kubectl apply', 'kubectl_apply', () => ({ manifest: { apiVersion: `${gadgets.group}/v1`, ...gadget(1) } })],
    ['kubectl patch', 'kubectl_apply', () => ({ manifest: { apiVersion: `${gadgets.group}/v1`, ...gadget(2) } })],
    ['kubectl patch', 'kubectl_apply', { manifest: web('nginx:2', { terminationGracePeriodSeconds: 7 }) }],
    ['kubectl patch', 'kubectl_patch', { resource: 'deploy', name: 'web', patch: { spec: { minReadySeconds: 3 } } }],
    [
      'kubectl patch',
      'kubectl_patch',
      { resource: 'deploy', name: 'web', patch: [{ op: 'replace', path: '/spec/minReadySeconds', value: 4 }] },
    ],
    ['kubectl set image', 'kubectl_set', { name: 'web', image: 'nginx:3' }],
    ['kubectl set env', 'kubectl_set', { name: 'web', env: { MODE: "it's", LOG: null } }],
    ['kubectl patch', 'kubectl_set', { name: 'web', limits: 'memory=64Mi', requests: 'cpu=10m' }],
    ['kubectl scale', 'kubectl_scale', { name: 'web', replicas: 1 }],
    ['kubectl rollout pause', 'kubectl_rollout', { action: 'pause', name: 'web' }],
    ['kubectl rollout resume', 'kubectl_rollout', { action: 'resume', name: 'web' }],
    ['kubectl label', 'kubectl_label', { resource: 'deploy', name: 'web', labels: 'tier=front,app-' }],
    [
      'kubectl annotate',
      'kubectl_annotate',
      { resource: 'deploy', name: 'web', annotations: { 'example.com/why': '$(id) `id` "a b"' } },
    ],
  ])('%s does what %s shows', async (begins, tool, given) => {
    const args = typeof given === 'function' ? given() : given
    const shown = await plan(tool, args)
    expect(diffs(shown)).not.toBe('')
    expect(shown.command).toMatch(new RegExp(`^${begins} `))
    expect(shown.command).toContain(`--namespace=${cluster.namespace} --context=staging`)
    expect(writes()).toEqual([])

    const refused = await runCall(program.session, tool, shown)
    expect([refused.status, refused.codes]).toEqual(['failed', ['read-only']])
    expect(writes()).toEqual([])

    paste(shown.command ?? '')
    if (tool === 'kubectl_create') await expect(plan(tool, args)).rejects.toThrow('exists already')
    else expect(diffs(await plan(tool, args))).toBe('')
    expect(writes()).toEqual([])
  })

  it('restarts and goes back by the commands that are shown', async () => {
    const template = async () => JSON.stringify(await cluster.api.send('GET', `${deployments()}/web`))
    const restart = await plan('kubectl_rollout', { action: 'restart', name: 'web' })
    expect(restart.command).toBe(
      `kubectl rollout restart deployment/web --namespace=${cluster.namespace} --context=staging`,
    )
    paste(restart.command ?? '')
    expect(await template()).toContain('restartedAt')

    const undo = await plan('kubectl_rollout', { action: 'undo', name: 'web', revision: 1 })
    expect(undo.command).toContain('kubectl rollout undo deployment/web --to-revision=1 ')
    paste(undo.command ?? '')
    expect(await template()).toContain('"image":"nginx:1"')
    expect(writes()).toEqual([])
  })

  it('deletes exactly the shown objects', async () => {
    for (const name of ['a', 'b', 'c'])
      await cluster.api.send('POST', `/api/v1/namespaces/${cluster.namespace}/configmaps`, {
        metadata: { name, labels: { of: 'test' } },
      })
    const shown = await plan('kubectl_delete', { resource: 'configmap', labelSelector: 'of=test' })
    expect(shown.command).toContain('kubectl delete configmap a b c ')
    expect(writes()).toEqual([])
    paste(shown.command ?? '')
    await expect(plan('kubectl_delete', { resource: 'configmap', name: 'a' })).rejects.toThrow(
      'There is no ConfigMap a',
    )
    expect(writes()).toEqual([])
  })

  it('cordons and drains a node by the commands that are shown', async () => {
    const name = `plans-${id}`
    await cluster.api.send('POST', '/api/v1/nodes', { metadata: { name } })
    try {
      const cordon = await planCall(program.session, { tool: 'kubectl_cordon', args: { name } })
      expect(cordon.command).toBe(`kubectl cordon ${name} --context=staging`)
      paste(cordon.command ?? '')
      expect(diffs(await planCall(program.session, { tool: 'kubectl_cordon', args: { name } }))).toBe('')
      const drain = await planCall(program.session, { tool: 'kubectl_drain', args: { name } })
      expect(drain.command).toBe(`kubectl drain ${name} --ignore-daemonsets --context=staging`)
      paste(drain.command ?? '')
      expect(writes()).toEqual([])
    } finally {
      await cluster.api.send('DELETE', `/api/v1/nodes/${name}`)
    }
  })

  it('refuses Secrets as everywhere', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'b' } }
    await expect(plan('kubectl_apply', { manifest: secret })).rejects.toThrow(/Secret/)
    await expect(plan('kubectl_delete', { resource: 'secret', name: 's' })).rejects.toThrow(/Secret/)
    expect(writes()).toEqual([])
  })

  it('installs, upgrades, rolls back and uninstalls a release by the commands that are shown', async () => {
    const install = await plan('helm_install', { name: 'hello', chart: 'chart', values: { replicas: 0, note: 'no' } })
    expect(install.command).toContain(
      `helm install hello ${CHART_FOLDER} --namespace=${cluster.namespace} --kube-context=staging`,
    )
    expect(writes()).toEqual([])
    paste(install.command ?? '')

    const args = { name: 'hello', chart: 'chart', values: { note: 'it is "new"' } }
    const upgrade = await plan('helm_upgrade', args)
    expect(upgrade.command).toContain('--reset-then-reuse-values')
    expect(writes()).toEqual([])
    paste(upgrade.command ?? '')
    expect(diffs(await plan('helm_upgrade', args))).not.toContain('note')

    const rollback = await plan('helm_rollback', { name: 'hello' })
    expect(rollback.command).toBe(`helm rollback hello 1 --namespace=${cluster.namespace} --kube-context=staging`)
    paste(rollback.command ?? '')

    const uninstall = await plan('helm_uninstall', { name: 'hello' })
    const refused = await runCall(program.session, 'helm_uninstall', uninstall)
    expect([refused.status, refused.codes]).toEqual(['failed', ['read-only']])
    expect(writes()).toEqual([])
    paste(uninstall.command ?? '')
    await expect(plan('helm_uninstall', { name: 'hello' })).rejects.toThrow()
    expect(writes()).toEqual([])
  })

  const deployments = () => `/apis/apps/v1/namespaces/${cluster.namespace}/deployments`
})
