/** Changes planned, approved and run on a real API server: the plan shows what happens. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { planChange, type ChangeContext } from '../../../mcp/changes/plan'
import { runChange, type RunContext } from '../../../mcp/changes/run'
import type { WriteTool } from '../../../mcp/changes/types'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { changeOutcomeSchema, changePlanSchema, type ChangePlan } from '../../../shared/changes/change'
import { hasKubectl, testKubeconfig } from '../../support/app'
import {
  applyOf,
  createOf,
  deleteOf,
  draftTool,
  evictionOf,
  patchOf,
  type DraftOperations,
} from '../../support/mcp/draft-tool'

const exec = promisify(execFile)

/** Interval between another writer's updates of the object. */
const EVERY_MS = 80

describe.skipIf(!testKubeconfig || !hasKubectl())('changes on a real API server', () => {
  const namespace = `engine-${randomUUID().slice(0, 8)}`
  let cluster: OpenCluster

  const kubectl = async (...args: string[]) => {
    const { stdout } = await exec('kubectl', ['--kubeconfig', testKubeconfig ?? '', '-n', namespace, ...args])
    return stdout.trim()
  }
  const context = (): RunContext => ({ cluster, signal: AbortSignal.timeout(60_000), now: Date.now })
  const plan = async (tool: WriteTool, more: Partial<ChangeContext> = {}) =>
    changePlanSchema.parse(await planChange(tool, {}, { ...context(), ...more }))
  const run = async (tool: WriteTool, approved: ChangePlan) =>
    changeOutcomeSchema.parse(await runChange(tool, {}, approved, context()))
  const one = (
    operation: (...args: Parameters<DraftOperations>) => Promise<Awaited<ReturnType<DraftOperations>>[number]>,
  ) => draftTool(async (each) => [await operation(each)])
  const configMap = (name: string, data: Record<string, string>, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, ...more },
    data,
  })
  const deployment = (name: string, replicas: number, more: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image: 'nginx:1' }] } },
      ...more,
    },
  })

  beforeAll(async () => {
    const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }
    cluster = openCluster({ credentials: operatorCredentials({ paths: [testKubeconfig ?? ''] }), rules })
    await kubectl('create', 'namespace', namespace)
  })
  afterAll(async () => {
    await cluster?.close()
    await kubectl('delete', 'namespace', namespace, '--wait=false')
  })

  it('shows, and then does, a patch of a ConfigMap', async () => {
    await kubectl('create', 'configmap', 'patched', '--from-literal=a=1', '--from-literal=b=2')
    const tool = one((each) => patchOf({ kind: 'ConfigMap', name: 'patched', namespace }, { data: { a: '9' } }, each))
    const shown = await plan(tool)
    expect(shown.objects[0]).toMatchObject({ verb: 'update', kind: 'ConfigMap', name: 'patched', assigned: [] })
    expect(shown.objects[0]?.diff).toContain('-  a: "1"\n+  a: "9"')
    expect(shown.objects[0]?.diff).not.toMatch(/resourceVersion|managedFields|uid/)
    expect(await kubectl('get', 'configmap', 'patched', '-o', 'jsonpath={.data.a}')).toBe('1')

    const outcome = await run(tool, shown)
    expect(outcome).toMatchObject({ status: 'done', objects: [{ name: 'patched', state: 'updated' }] })
    expect(await kubectl('get', 'configmap', 'patched', '-o', 'jsonpath={.data.a}')).toBe('9')
    const again = await plan(tool)
    expect(again.objects[0]).toMatchObject({ diff: '', notes: [{ code: 'nothing-changes' }] })
    expect(await run(tool, again)).toMatchObject({ status: 'done', objects: [{ state: 'unchanged' }] })
  })

  it('scales by the subresource, and waits for the replicas', async () => {
    await kubectl('create', 'deployment', 'web', '--image=nginx:1', '--replicas=1')
    const tool = one((each) =>
      patchOf({ kind: 'deployments', name: 'web', namespace }, { spec: { replicas: 3 } }, each, {
        subresource: 'scale',
      }),
    )
    const shown = await plan(tool)
    expect(shown.objects[0]?.diff).toContain('-  replicas: 1\n+  replicas: 3')
    const outcome = await run(tool, shown)
    expect(outcome.objects[0]).toMatchObject({ kind: 'Deployment', state: 'updated' })
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual(['3 of 3 replicas are ready'])
  })

  it('does not compare what the cluster assigns to a new Service', async () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace },
      spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] },
    }
    const tool = one((each) => createOf(manifest, each))
    const shown = await plan(tool)
    expect(shown.objects[0]?.assigned.sort()).toEqual(['spec.clusterIP', 'spec.clusterIPs', 'spec.ports[0].nodePort'])
    expect(shown.objects[0]?.diff).toContain('+  clusterIP: <assigned by the cluster>')
    expect(shown.objects[0]?.diff).toContain('+      nodePort: <assigned by the cluster>')
    // Another Service takes the address that the dry run showed.
    await kubectl('create', 'service', 'nodeport', 'other', '--tcp=80')
    expect(await run(tool, shown)).toMatchObject({ status: 'done', objects: [{ name: 'front', state: 'created' }] })
  })

  it.each([
    {
      kind: 'Job',
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } },
    },
    {
      kind: 'CronJob',
      spec: {
        schedule: '0 * * * *',
        jobTemplate: {
          spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } },
        },
      },
    },
  ])('creates a $kind as it was shown', async ({ kind, spec }) => {
    const manifest = { apiVersion: 'batch/v1', kind, metadata: { name: `new-${kind.toLowerCase()}`, namespace }, spec }
    const tool = one((each) => createOf(manifest, each))
    const shown = await plan(tool)
    expect(shown.objects[0]?.diff).toContain('+    ')
    expect(await run(tool, shown)).toMatchObject({ status: 'done', objects: [{ state: 'created' }] })
  })

  it('asks again if the object appears meanwhile (writes-11)', async () => {
    const tool = one((each) => applyOf(configMap('appears', { a: 'ours' }), each))
    const shown = await plan(tool)
    expect(shown.objects[0]).toMatchObject({ verb: 'create' })
    await kubectl('create', 'configmap', 'appears', '--from-literal=a=theirs')
    const outcome = await run(tool, shown)
    expect(outcome).toMatchObject({ status: 'changed', objects: [{ state: 'not-tried' }] })
    expect(outcome.plan?.objects[0]?.diff).toContain('-  a: theirs\n+  a: ours')
    expect(await kubectl('get', 'configmap', 'appears', '-o', 'jsonpath={.data.a}')).toBe('theirs')
    expect(outcome.plan && (await run(tool, outcome.plan))).toMatchObject({ status: 'done' })
  })

  it('asks again if the object was replaced by one of its name', async () => {
    await kubectl('create', 'configmap', 'replaced', '--from-literal=a=1')
    const tool = one((each) => patchOf({ kind: 'ConfigMap', name: 'replaced', namespace }, { data: { a: '2' } }, each))
    const gone = one((each) => deleteOf({ kind: 'ConfigMap', name: 'replaced', namespace }, each))
    const [shown, deletion] = [await plan(tool), await plan(gone)]
    await kubectl('delete', 'configmap', 'replaced')
    await kubectl('create', 'configmap', 'replaced', '--from-literal=a=1')
    expect(await run(tool, shown)).toMatchObject({ status: 'changed' })
    expect(await run(gone, deletion)).toMatchObject({ status: 'changed' })
    expect(await kubectl('get', 'configmap', 'replaced', '-o', 'jsonpath={.data.a}')).toBe('1')
  })

  it('asks again if containers were reordered', async () => {
    const containers = ['one', 'two'].map((name) => ({ name, image: 'nginx:1' }))
    const template = (each: object[]) => ({
      template: { metadata: { labels: { app: 'order' } }, spec: { containers: each } },
    })
    const manifest = deployment('order', 1, template(containers))
    await run(...(await planned(one((each) => applyOf(manifest, each)))))
    const body = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx:2' }]
    const tool = one((each) =>
      patchOf({ kind: 'deployments', name: 'order', namespace }, body, each, {
        contentType: 'application/json-patch+json',
      }),
    )
    const shown = await plan(tool)
    await kubectl(
      ...['patch', 'deployment', 'order', '--type=json'],
      ...[
        '-p',
        JSON.stringify([{ op: 'replace', path: '/spec/template/spec/containers', value: containers.reverse() }]),
      ],
    )
    expect(await run(tool, shown)).toMatchObject({ status: 'changed' })
  })

  async function planned(tool: WriteTool): Promise<[WriteTool, ChangePlan]> {
    return [tool, await plan(tool)]
  }

  it('changes an object whose status and annotations change all the time (writes-12)', async () => {
    await kubectl('create', 'configmap', 'busy', '--from-literal=a=0')
    const { path } = await operationOf((each) => patchOf({ kind: 'ConfigMap', name: 'busy', namespace }, {}, each))
    let writes = 0
    let stopped = false
    const touching = (async () => {
      while (!stopped) {
        const body = { metadata: { annotations: { at: String(writes++) } } }
        const options = { contentType: 'application/merge-patch+json', schema: z.unknown(), ...context() }
        await cluster.client.send('PATCH', path, { ...options, body })
        await delay(EVERY_MS)
      }
    })()
    const states: string[] = []
    for (let index = 1; index <= 20; index++) {
      const patch = { data: { a: String(index) } }
      const tool = one((each) => patchOf({ kind: 'ConfigMap', name: 'busy', namespace }, patch, each))
      states.push((await run(tool, await plan(tool))).status)
    }
    stopped = true
    await touching
    expect(states).toEqual(Array(20).fill('done'))
    expect(writes).toBeGreaterThan(5)
  })

  async function operationOf(operation: Parameters<typeof one>[0]) {
    const { operations } = await one(operation).draft({}, context())
    const [first] = operations
    if (!first) throw new Error('no operation')
    return first
  }

  it('tells which finalizer a deleted object waits for (writes-14)', async () => {
    const manifest = configMap('kept', { a: '1' }, { finalizers: ['example.com/keep'] })
    await run(...(await planned(one((each) => createOf(manifest, each)))))
    const tool = one((each) => deleteOf({ kind: 'ConfigMap', name: 'kept', namespace }, each))
    const outcome = await run(tool, await plan(tool))
    expect(outcome.objects[0]).toMatchObject({ state: 'terminating', notes: [{ code: 'waits-for-finalizers' }] })
    expect(outcome.objects[0]?.notes[0]?.text).toContain('it waits for example.com/keep')
    await kubectl('patch', 'configmap', 'kept', '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
  })

  it('says deleted of an object that is gone', async () => {
    await kubectl('create', 'configmap', 'going', '--from-literal=a=1')
    const tool = one((each) => deleteOf({ kind: 'ConfigMap', name: 'going', namespace }, each))
    const shown = await plan(tool)
    expect(shown.objects[0]?.diff).toContain('-  a: "1"')
    expect(await kubectl('get', 'configmap', 'going', '-o', 'name')).toBe('configmap/going')
    expect(await run(tool, shown)).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
  })

  it('evicts a pod, and does not in the plan', async () => {
    await kubectl('run', 'alone', '--image=nginx:1')
    const tool = one((each) => evictionOf('alone', namespace, each))
    const shown = await plan(tool)
    expect(await kubectl('get', 'pod', 'alone', '-o', 'name')).toBe('pod/alone')
    expect(await run(tool, shown)).toMatchObject({ status: 'done', objects: [{ state: 'deleted' }] })
  })

  it('finds the quota that keeps a Deployment from its replicas (writes-15)', async () => {
    const inside = `${namespace}-quota`
    await kubectl('create', 'namespace', inside)
    try {
      await kubectl('-n', inside, 'create', 'quota', 'few', '--hard=pods=2')
      await kubectl('-n', inside, 'wait', 'quota/few', '--for=jsonpath={.status.used}')
      await kubectl('-n', inside, 'wait', 'serviceaccount/default', '--for=create')
      await kubectl('-n', inside, 'create', 'deployment', 'web', '--image=nginx:1')
      await kubectl('-n', inside, 'wait', 'deployment/web', '--for=condition=Available')
      const ref = { kind: 'deployments', name: 'web', namespace: inside }
      const tool = one((each) => patchOf(ref, { spec: { replicas: 9 } }, each))
      const { objects } = await run(tool, await plan(tool))
      const texts = objects[0]?.notes.map(({ text }) => text).join('\n')
      expect(texts).toMatch(/^2 of 9 replicas are ready/)
      expect(texts).toMatch(/gets no more pods: The quota few allows 2 pods, 2 exist/)
    } finally {
      await kubectl('delete', 'namespace', inside, '--wait=false')
    }
  })

  it('reports each object if one of them is refused (writes-13, errors-11)', async () => {
    const inside = `${namespace}-full`
    await kubectl('create', 'namespace', inside)
    try {
      await kubectl('-n', inside, 'wait', 'configmap/kube-root-ca.crt', '--for=create')
      await kubectl('-n', inside, 'create', 'quota', 'two', '--hard=count/configmaps=2')
      await kubectl('-n', inside, 'wait', 'quota/two', '--for=jsonpath={.status.used}')
      const named = (name: string) => configMap(name, { a: '1' }, { namespace: inside })
      // Each dry run alone fits into the quota, but not all together.
      const tool = draftTool(async (each) =>
        Promise.all(['first', 'second', 'third'].map((name) => createOf(named(name), each))),
      )
      const outcome = await run(tool, await plan(tool))
      expect(outcome.status).toBe('partly')
      expect(outcome.objects.map(({ state, notes }) => [state, ...notes.map(({ text }) => text)])).toEqual([
        ['created'],
        [
          'refused',
          'The quota two allows 2 configmaps, 2 exist, and 1 more was asked for. Delete unneeded objects, or raise the quota.',
          'ConfigMap second does not exist now',
        ],
        ['not-tried', 'ConfigMap third does not exist now'],
      ])
    } finally {
      await kubectl('delete', 'namespace', inside, '--wait=false')
    }
  })

  it('refuses Secrets with any tool', async () => {
    const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace }, stringData: { a: 'b' } }
    await expect(plan(one((each) => createOf(manifest, each)))).rejects.toMatchObject({ code: 'denied-by-operator' })
  })

  it('refuses to run as another user, on another cluster, or by another namespace', async () => {
    const tool = one((each) => applyOf(configMap('bound', { a: '1' }), each))
    const shown = await plan(tool)
    for (const part of [{ user: 'somebody' }, { uid: randomUUID() }, { server: 'https://other:6443' }])
      await expect(run(tool, { ...shown, identity: { ...shown.identity, ...part } })).rejects.toMatchObject({
        code: 'cluster-changed',
      })
    await expect(kubectl('get', 'configmap', 'bound')).rejects.toThrow('NotFound')
  })

  it('translates an immutable field (writes-16)', async () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'fixed', namespace },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } },
    }
    await run(...(await planned(one((each) => createOf(job, each)))))
    const body = { spec: { template: { spec: { containers: [{ name: 'a', image: 'a:2' }] } } } }
    const tool = one((each) => patchOf({ kind: 'jobs.batch', name: 'fixed', namespace }, body, each))
    await expect(plan(tool)).rejects.toMatchObject({
      code: 'immutable-field',
      message: 'The pod template of a Job cannot be changed. Delete the Job and create it again.',
    })
  })

  it('removes what a second apply lacks, also of an object that an apply created', async () => {
    await run(...(await planned(one((each) => applyOf(configMap('applied', { a: '1', b: '2' }), each)))))
    const tool = one((each) => applyOf(configMap('applied', { a: '1' }), each))
    const shown = await plan(tool)
    expect(shown.objects[0]?.diff).toContain('-  b: "2"')
    await run(tool, shown)
    expect(await kubectl('get', 'configmap', 'applied', '-o', 'jsonpath={.data}')).toBe('{"a":"1"}')
  })
})
