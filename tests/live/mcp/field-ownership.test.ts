/** `kubectl_apply` on objects with other writers, and those writers' next writes. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { ChangeOutcome, ChangePlan } from '../../../shared/changes/change'
import { planChange } from '../../../mcp/changes/plan'
import { runChange } from '../../../mcp/changes/run'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { at, listAt, textAt } from '../../../mcp/kubernetes/read/fields'
import { kubectlApply } from '../../../mcp/tools/writes/apply'

const kubeconfig = process.env.TEST_KUBECONFIG ?? ''
const namespace = `ownership-test-${randomUUID().slice(0, 8)}`
const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }

async function run(program: string, args: string[], input?: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const started = promisify(execFile)(program, args, { env: { ...process.env, KUBECONFIG: kubeconfig, ...env } })
  if (input !== undefined) started.child.stdin?.end(input)
  return (await started).stdout
}
const kubectl = (args: string[], object?: object, env?: NodeJS.ProcessEnv) =>
  run('kubectl', ['-n', namespace, ...args], object && JSON.stringify(object), env)

interface Shape {
  image?: string
  replicas?: number
  env?: Record<string, string>
}

function deployment(
  name: string,
  { image = 'nginx:1', replicas = 1, env = { DB_HOST: 'db', LOG: 'info' } }: Shape = {},
) {
  const variables = Object.entries(env).map(([key, value]) => ({ name: key, value }))
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'c', image, ...(variables.length > 0 && { env: variables }) }] },
      },
    },
  }
}

const CHANGED: Shape = { image: 'nginx:2', env: { DB_HOST: 'db', EXTRA: 'x' } }

describe.skipIf(kubeconfig === '')('ownership of fields on a real API server', () => {
  let cluster: OpenCluster
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ownership-'))
    cluster = openCluster({ credentials: operatorCredentials({ paths: [kubeconfig] }), rules })
    await kubectl(['create', 'namespace', namespace])
  })
  afterAll(async () => {
    await kubectl(['delete', 'namespace', namespace, '--wait=false'])
    await cluster?.close()
    await rm(folder, { recursive: true })
  })

  const context = () => ({ cluster, signal: AbortSignal.timeout(60_000), now: Date.now })

  async function plan(manifest: object) {
    const [args = {}] = kubectlApply.read({ manifest })
    return planChange(kubectlApply, args, context())
  }

  /** Plans, runs, and returns the plan. A controller may still write to a new object: then it is planned again. */
  async function apply(manifest: object, tries = 5): Promise<ChangePlan & { outcome: ChangeOutcome; diff: string }> {
    const planned = await plan(manifest)
    const { identity, digest } = planned
    const limits = { deletion: 0, rollout: 0, poll: 50 }
    const outcome = await runChange(kubectlApply, planned.arguments, { identity, digest }, { ...context(), limits })
    if (outcome.status === 'changed' && tries > 1) return apply(manifest, tries - 1)
    expect(outcome.status).toBe('done')
    return { ...planned, outcome, diff: planned.objects[0]?.diff ?? '' }
  }

  /** Notes about field owners, without those about consequences. */
  const ownership = ({ objects }: Pick<ChangePlan, 'objects'>) =>
    objects.flatMap(({ notes }) => notes.filter(({ code }) => code.startsWith('fields-')))

  async function readEnv(name: string) {
    return (await read(name)).env
  }

  async function read(name: string) {
    const object: unknown = JSON.parse(await kubectl(['get', 'deploy', name, '-o', 'json', '--show-managed-fields']))
    const [container] = listAt(object, 'spec', 'template', 'spec', 'containers')
    return {
      object,
      replicas: at(object, 'spec', 'replicas'),
      image: textAt(container, 'image'),
      env: Object.fromEntries(listAt(container, 'env').map((each) => [textAt(each, 'name'), textAt(each, 'value')])),
    }
  }

  async function chart(name: string, shape: Shape): Promise<string> {
    const path = join(folder, name)
    await mkdir(join(path, 'templates'), { recursive: true })
    await writeFile(join(path, 'Chart.yaml'), stringify({ apiVersion: 'v2', name, version: '1.0.0' }))
    await writeFile(join(path, 'templates', 'all.yaml'), stringify(deployment(name, shape)))
    return path
  }

  interface Owner {
    name: string
    write: (name: string, shape: Shape) => Promise<unknown>
    /** Code of the note about fields taken over. */
    code: string
    again: 'sets back' | 'conflict'
  }
  const helm = (flags: string[]) => async (name: string, shape: Shape) =>
    run('helm', ['upgrade', '--install', name, await chart(name, shape), '-n', namespace, ...flags])

  const owners: Owner[] = [
    {
      name: 'kubectl-apply',
      write: (name, shape) => kubectl(['apply', '-f', '-'], deployment(name, shape)),
      code: 'fields-taken-set-back',
      again: 'sets back',
    },
    {
      name: 'server-side-apply',
      write: (name, shape) => kubectl(['apply', '--server-side', '-f', '-'], deployment(name, shape)),
      code: 'fields-taken-conflict',
      again: 'conflict',
    },
    { name: 'helm', write: helm(['--server-side=true']), code: 'fields-taken-conflict', again: 'conflict' },
    { name: 'helm-three', write: helm(['--server-side=false']), code: 'fields-taken-set-back', again: 'sets back' },
  ]

  it.each([
    ['kubectl apply', (object: object) => kubectl(['apply', '-f', '-'], object)],
    ['this server', apply],
  ])('changes a named port of a Service by %s, more than once', async (owner, write) => {
    const service = (port: number) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `port-${owner.replace(' ', '-')}`, namespace },
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port, targetPort: 8080 }] },
    })
    await write(service(84))
    for (const port of [85, 86]) {
      const { diff } = await apply(service(port))
      expect(diff.split('\n').filter((line) => /^[+-]/.test(line))).toEqual([
        `-      port: ${port - 1}`,
        `+      port: ${port}`,
      ])
    }
  })

  it.each<[string, object[], object[]]>([
    ['another port', [{ port: 80 }], [{ port: 8080 }]],
    ['a port that has a name now', [{ port: 80 }], [{ name: 'web', port: 8080 }]],
    ['another port of that name', [{ name: 'web', port: 80 }], [{ name: 'web', port: 8080 }]],
  ])('puts %s into the place of that of a Service by kubectl create', async (_, before, after) => {
    const service = (ports: object[]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `made-${randomUUID().slice(0, 8)}`, namespace },
      spec: { selector: { app: 'web' }, ports },
    })
    const made = service(before)
    await kubectl(['create', '-f', '-'], made)
    const { diff } = await apply({ ...service(after), metadata: made.metadata })
    expect(diff.split('\n').filter((line) => /^[+-] +(- )?port:/.test(line))).toHaveLength(2)
    const ports = JSON.parse(await kubectl(['get', 'service', made.metadata.name, '-o', 'jsonpath={.spec.ports}']))
    expect(ports).toMatchObject(after)
    expect(ports).toHaveLength(1)
  })

  it.each(owners)('changes, removes and adds fields of an object by $name', async ({ name, write, code, again }) => {
    await write(name, {})
    const { diff, objects } = await apply(deployment(name, CHANGED))
    for (const line of ['-.*image: nginx:1', '\\+.*image: nginx:2', '-.*name: LOG', '\\+.*name: EXTRA'])
      expect(diff).toMatch(new RegExp(line))
    expect((await read(name)).image).toBe('nginx:2')
    expect(await readEnv(name)).toEqual(CHANGED.env)
    const taken = objects[0]?.notes.find((note) => note.code === code)
    expect(taken?.text).toContain('spec.template.spec.containers[c].image')
    expect(taken?.text).toContain('spec.template.spec.containers[c].env[LOG]')

    const same = await plan(deployment(name, CHANGED))
    expect(same.objects[0]).toMatchObject({ diff: '' })

    // The owner's next write behaves as the note says.
    if (again === 'conflict') await expect(write(name, {})).rejects.toThrow(/conflict.*k8s-ai-assistant/s)
    else {
      await write(name, {})
      expect(await read(name)).toMatchObject({ image: 'nginx:1', env: { DB_HOST: 'db', LOG: 'info' } })
      await apply(deployment(name, CHANGED))
    }
    // With our change in its own files it has no conflict, not even over untouched fields.
    await write(name, { ...CHANGED, replicas: 2 })
    expect(await read(name)).toMatchObject({ image: 'nginx:2', replicas: 2 })
    expect(await readEnv(name)).toEqual(CHANGED.env)
    // Fields that the owner removes are removed, since we do not own them.
    await write(name, { ...CHANGED, replicas: 2, env: { EXTRA: 'x' } })
    expect((await read(name)).env).toEqual({ EXTRA: 'x' })
  })

  it('removes, adds and changes what kubectl edit has written', async () => {
    const name = 'edited'
    const editor = join(folder, 'editor')
    await writeFile(editor, '#!/bin/sh\nsed -i "s/nginx:1/nginx:edited/; s/value: info/value: edited/" "$1"\n', {
      mode: 0o755,
    })
    await kubectl(['create', '-f', '-'], deployment(name))
    await kubectl(['edit', 'deploy', name], undefined, { EDITOR: editor, KUBE_EDITOR: editor })
    expect(await read(name)).toMatchObject({ image: 'nginx:edited', env: { LOG: 'edited' } })
    const { objects } = await apply(deployment(name, CHANGED))
    expect((await read(name)).image).toBe('nginx:2')
    expect(await readEnv(name)).toEqual(CHANGED.env)
    const notes = objects[0]?.notes.map(({ text }) => text).join('\n')
    expect(notes).toContain('spec.template.spec.containers[c].image')
    expect(notes).toContain('kubectl edit')
    await kubectl(['edit', 'deploy', name], undefined, {
      EDITOR: 'sed -i s/nginx:2/nginx:1/',
      KUBE_EDITOR: 'sed -i s/nginx:2/nginx:1/',
    })
    expect((await read(name)).image).toBe('nginx:1')
  })

  it('removes what it has written itself (writes-3)', async () => {
    const name = 'own'
    await apply(deployment(name))
    expect(await read(name)).toMatchObject({ env: { DB_HOST: 'db', LOG: 'info' } })
    const emptied = await apply(deployment(name, { env: {} }))
    expect(emptied.diff).toMatch(/-.*DB_HOST/)
    expect(emptied.diff).toMatch(/-.*LOG/)
    expect(ownership(emptied)).toEqual([])
    expect((await read(name)).env).toEqual({})
    await apply(deployment(name, CHANGED))
    await apply(deployment(name, { image: 'nginx:2', env: { EXTRA: 'y' } }))
    expect(await readEnv(name)).toEqual({ EXTRA: 'y' })
  })

  it('names who scaled what it sets back (writes-4)', async () => {
    const name = 'scaled'
    await apply(deployment(name, { replicas: 3 }))
    await kubectl(['scale', `deploy/${name}`, '--replicas=7'])
    const back = await apply(deployment(name, { replicas: 3, image: 'nginx:2' }))
    expect(back.diff).toMatch(/- +replicas: 7\n\+ +replicas: 3/)
    expect(ownership(back).map(({ text }) => text)).toEqual(['spec.replicas: set by kubectl scale and taken over'])
    await kubectl(['scale', `deploy/${name}`, '--replicas=5'])
    const { spec, ...rest } = deployment(name, { image: 'nginx:3' })
    const { replicas: _, ...withoutReplicas } = spec
    const kept = await apply({ ...rest, spec: withoutReplicas })
    expect(await read(name)).toMatchObject({ replicas: 5, image: 'nginx:3' })
    expect(ownership(kept)).toMatchObject([
      { code: 'fields-kept', params: { owner: 'kubectl scale', fields: 'spec.replicas' } },
    ])
  })

  it('takes a manifest with little of what others wrote as a part of the object', async () => {
    const name = 'partial'
    await kubectl(['create', '-f', '-'], deployment(name, { env: { A: '1', B: '2', C: '3', D: '4', E: '5', F: '6' } }))
    const { metadata, ...rest } = deployment(name)
    const part = {
      ...{ apiVersion: rest.apiVersion, kind: rest.kind, metadata },
      spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:2' }] } } },
    }
    const { objects } = await apply(part)
    expect(await read(name)).toMatchObject({ image: 'nginx:2', env: { A: '1', F: '6' } })
    expect(objects[0]?.notes.map(({ code }) => code)).toContain('fields-kept')
  })

  it('keeps the marks by which Helm knows its objects', async () => {
    const name = 'marked'
    await helm(['--server-side=true'])(name, {})
    await apply(deployment(name, CHANGED))
    const { object } = await read(name)
    expect(textAt(object, 'metadata', 'annotations', 'meta.helm.sh/release-name')).toBe(name)
    expect(textAt(object, 'metadata', 'labels', 'app.kubernetes.io/managed-by')).toBe('Helm')
  })

  it('keeps what a controller has written, and its status', async () => {
    const name = 'claimed'
    const claim = {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace } },
      spec: {
        type: 'NodePort',
        selector: { app: 'x' },
        ports: [
          { port: 80, name: 'http' },
          { port: 80, protocol: 'UDP', name: 'quic' },
        ],
      },
    }
    await apply(claim)
    const before = JSON.parse(await kubectl(['get', 'svc', name, '-o', 'json']))
    const { diff } = await apply({ ...claim, spec: { ...claim.spec, selector: { app: 'y' } } })
    expect(diff.split('\n').filter((line) => /^[+-]/.test(line))).toHaveLength(2)
    const after = JSON.parse(await kubectl(['get', 'svc', name, '-o', 'json']))
    expect(after.spec).toEqual({ ...before.spec, selector: { app: 'y' } })
    // From NodePort to ClusterIP, removing one of two ports with equal numbers.
    await apply({ ...claim, spec: { selector: { app: 'y' }, ports: [{ port: 80, name: 'http' }] } })
    const last = JSON.parse(await kubectl(['get', 'svc', name, '-o', 'json']))
    expect(last.spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 80, name: 'http', protocol: 'TCP' }] })
    expect(last.spec.ports).toHaveLength(1)
  })
})
