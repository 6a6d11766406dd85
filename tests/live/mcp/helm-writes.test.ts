import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangePlan, ClusterIdentity } from '../../../shared/changes/change'
import type { HelmChangeTool, HelmOutcome, HelmPlan } from '../../../mcp/helm/changes/types'
import { clusterIdentity } from '../../../mcp/changes/identity'
import { readHelmConfig } from '../../../mcp/helm/program/config'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { helmWriteTools } from '../../../mcp/tools/helm-writes'
import { hasKubectl, testKubeconfig } from '../../support/app'

const run = promisify(execFile)

const HELM = process.env.HELM_PATH ?? 'helm'
const hasHelm = await run(HELM, ['version']).then(
  () => true,
  () => false,
)

/** A chart repository over HTTPS, with the test's chart. */
async function startRepository(folder: string) {
  const files = join(folder, 'repository')
  await mkdir(files)
  const [key, certificate] = [join(files, 'key.pem'), join(files, 'cert.pem')]
  const subject = ['-subj', '/CN=charts', '-addext', 'subjectAltName=IP:127.0.0.1']
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  ])
  await run(HELM, ['package', CHART, '--destination', files])
  await run(HELM, ['repo', 'index', files])
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (request, response) => {
    void readFile(join(files, basename(request.url ?? ''))).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `https://127.0.0.1:${address.port}`,
    certificate,
    close: () => new Promise((done) => server.close(done)),
  }
}

const CHART = resolve(import.meta.dirname, '../../support/chart')
const CANARY = `hunter2-helm-${randomUUID().slice(0, 8)}`

describe.skipIf(!testKubeconfig || !hasKubectl() || !hasHelm)('Helm changes on the real API server', () => {
  const kubeconfig = testKubeconfig ?? ''
  const namespace = `assistant-test-${randomUUID().slice(0, 8)}`
  let cluster: OpenCluster
  let charts: string
  let tools: Map<string, HelmChangeTool>

  const kubectl = async (...args: string[]) =>
    (await run('kubectl', ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args])).stdout
  const helm = async (...args: string[]) =>
    (await run(HELM, ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args])).stdout
  const context = (signal = AbortSignal.timeout(100_000)) => ({ cluster, signal, now: Date.now })

  function tool(name: string): HelmChangeTool {
    const found = tools.get(name)
    if (!found) throw new Error(name)
    return found
  }
  const plan = (name: string, args: Record<string, unknown>): Promise<HelmPlan> =>
    tool(name).plan(tool(name).read({ namespace, ...args }), context())
  /** As on every card of this test. */
  let identity: ClusterIdentity
  const approve = (name: string, { arguments: args, digest }: HelmPlan, as = identity): Promise<HelmOutcome> =>
    tool(name).run(args, { digest, identity: as }, context())
  const change = async (name: string, args: Record<string, unknown>) => approve(name, await plan(name, args))

  /** Everything that a change may touch: objects that controllers rewrite by generation, others by resourceVersion. */
  const everything = async () => {
    const list = (kinds: string, version: string) =>
      kubectl('get', kinds, '-o', `custom-columns=K:.kind,N:.metadata.name,U:.metadata.uid,V:.metadata.${version}`)
    return (await list('deploy,svc,hpa', 'generation')) + (await list('cm,secret,sa,pvc', 'resourceVersion'))
  }
  const object = ({ objects }: Pick<ChangePlan, 'objects'>, kind: string) => {
    const found = objects.find((each) => each.kind === kind)
    if (!found) throw new Error(`no ${kind} among ${objects.map((each) => each.kind).join()}`)
    return found
  }
  const lines = (diff: string) => diff.split('\n').filter((line) => /^[+-]/.test(line))

  /** The chart with additional templates. */
  async function chartWith(name: string, templates: Record<string, string>): Promise<string> {
    const path = join(charts, name)
    await cp(CHART, path, { recursive: true })
    for (const [file, text] of Object.entries(templates)) await writeFile(join(path, 'templates', file), text)
    return path
  }

  beforeAll(async () => {
    charts = await mkdtemp(join(tmpdir(), 'charts-'))
    await cp(CHART, join(charts, 'hello'), { recursive: true })
    await kubectl('create', 'namespace', namespace)
    cluster = openCluster({
      credentials: operatorCredentials({ paths: [kubeconfig] }),
      rules: { deniedKinds: new Set(['secret', 'clusterrole']), deniedNamespaces: new Set(['kube-public']) },
    })
    const { signal } = context()
    const ref = await cluster.identity(signal)
    identity = await cluster.client.hold(signal, (held) => clusterIdentity(held, { ref, namespace, signal }))
    const config = readHelmConfig({ PATH: process.env.PATH, HELM_PATH: HELM, HELM_CHART_SOURCES: charts })
    tools = new Map(helmWriteTools(config).map((each) => [each.name, each]))
  })
  afterAll(async () => {
    await cluster?.close()
    await kubectl('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
    await rm(charts, { recursive: true, force: true })
  })

  it('plans an install without changing anything, and installs exactly that', async () => {
    const before = await everything()
    const shown = await plan('helm_install', { name: 'web', chart: 'hello', values: { replicaCount: 2 } })
    expect(await everything()).toBe(before)
    expect(shown.title.text).toContain(`Install Helm release web in ${namespace} on `)
    expect(shown.title.text).toContain('chart hello-0.1.0')
    expect(shown.objects.map(({ verb, kind, name }) => [verb, kind, name])).toEqual([
      ['create', 'HelmRelease', 'web'],
      ['create', 'ConfigMap', 'web-page'],
      ['create', 'Service', 'web'],
      ['create', 'Deployment', 'web'],
    ])
    expect(object(shown, 'Deployment').diff).toContain('+  replicas: 2')
    expect(object(shown, 'Service').assigned).toContain('spec.clusterIP')
    const outcome = await approve('helm_install', shown)
    expect(outcome.status).toBe('done')
    expect(outcome.objects.map(({ kind, state }) => [kind, state])).toEqual([
      ['HelmRelease', 'created'],
      ['ConfigMap', 'created'],
      ['Service', 'created'],
      ['Deployment', 'created'],
    ])
    expect(await helm('list', '--short')).toBe('web\n')
  })

  it('gives equal plans for equal changes', async () => {
    const args = { name: 'web', values: { replicaCount: 3 } }
    expect((await plan('helm_upgrade', args)).digest).toBe((await plan('helm_upgrade', args)).digest)
  })

  it('keeps the other values in an upgrade, and reports them (writes-26)', async () => {
    const values = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`v${index}`, 'mine']))
    await helm(
      'install',
      'ten',
      CHART,
      '--set-json',
      JSON.stringify(values)
        .replace(/^\{|\}$/g, '')
        .replaceAll('":', '=')
        .replaceAll('"v', 'v'),
    )
    const shown = await plan('helm_upgrade', { name: 'ten', values: { v0: 'new' } })
    const release = object(shown, 'HelmRelease')
    expect(lines(release.diff)).toEqual(['-  v0: mine', '+  v0: new'])
    expect(release.notes.map(({ text }) => text)).toEqual(['9 other values of the release stay as they are'])
    expect(shown.objects).toHaveLength(1)
    expect((await approve('helm_upgrade', shown)).status).toBe('done')
    expect(JSON.parse(await helm('get', 'values', 'ten', '-o', 'json'))).toEqual({ ...values, v0: 'new' })
  })

  it('shows what an upgrade changes in the cluster, also what somebody else has set', async () => {
    await kubectl('scale', 'deployment/web', '--replicas=5')
    const shown = await plan('helm_upgrade', { name: 'web', values: { logLevel: 'debug' } })
    expect(lines(object(shown, 'Deployment').diff)).toEqual(['-  replicas: 5', '+  replicas: 2'])
    expect(object(shown, 'Deployment').notes.map(({ text }) => text)).toContain(
      'Takes over from kubectl: spec.replicas',
    )
    expect(lines(object(shown, 'ConfigMap').diff)).toEqual(['-  LOG_LEVEL: info', '+  LOG_LEVEL: debug'])
    expect((await approve('helm_upgrade', shown)).status).toBe('done')
    expect(await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).toBe('2')
  })

  it('asks again if the release or an object that is shown changed meanwhile', async () => {
    const shown = await plan('helm_upgrade', { name: 'web', values: { replicaCount: 4 } })
    await helm('upgrade', 'web', CHART, '--reuse-values', '--set', 'greeting=Bye')
    const first = await approve('helm_upgrade', shown)
    expect(first).toMatchObject({ status: 'changed', objects: [] })
    await kubectl('scale', 'deployment/web', '--replicas=1')
    const second = await approve('helm_upgrade', first.plan ?? shown)
    expect(second.status).toBe('changed')
    expect(lines(object(second.plan ?? shown, 'Deployment').diff)).toEqual(['-  replicas: 1', '+  replicas: 4'])
  })

  it('is not disturbed by a change of something else', async () => {
    const shown = await plan('helm_upgrade', { name: 'web', values: { replicaCount: 3 } })
    await kubectl('annotate', 'deployment/web', `note=${randomUUID()}`)
    expect((await approve('helm_upgrade', shown)).status).toBe('done')
  })

  it('rolls back to the revision that was shown', async () => {
    const shown = await plan('helm_rollback', { name: 'web', revision: 1 })
    expect(shown.title.text).toMatch(/: revision \d+ → 1$/)
    expect(lines(object(shown, 'ConfigMap').diff)).toContain('+  LOG_LEVEL: info')
    const outcome = await approve('helm_rollback', shown)
    expect(outcome.status).toBe('done')
    expect(await kubectl('get', 'cm', 'web-page', '-o', 'jsonpath={.data.LOG_LEVEL}')).toBe('info')
  })

  it('names values that the chart makes by chance, and runs', async () => {
    const path = await chartWith('chance', {
      'secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  password: {{ randAlphaNum 12 }}\n',
      'cm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-at\ndata:\n  at: {{ now | unixEpoch | quote }}\n  id: {{ uuidv4 }}\n',
    })
    const shown = await plan('helm_install', { name: 'chance', chart: path })
    const secret = object(shown, 'Secret')
    expect(secret.assigned).toEqual(['data.password'])
    expect(secret.notes.map(({ code }) => code)).toContain('helm-chart-secret')
    expect(shown.objects.find(({ name }) => name === 'chance-at')?.assigned).toEqual(['data.at', 'data.id'])
    expect((await approve('helm_install', shown)).status).toBe('done')
  })

  it('shows no credential of the release or its objects', async () => {
    const path = await chartWith('hidden', {
      'secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  password: {{ .Values.db.password }}\n',
      'cm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-dsn\ndata:\n  dsn: "postgres://app:{{ .Values.db.password }}@db/app"\n',
    })
    await helm('install', 'hidden', path, '--set', `db.password=${CANARY}`)
    const shown = [
      await plan('helm_upgrade', { name: 'hidden', values: { replicaCount: 2 } }),
      await plan('helm_uninstall', { name: 'hidden' }),
    ]
    expect(JSON.stringify(shown)).not.toContain(CANARY)
    expect(JSON.stringify(shown)).not.toContain(Buffer.from(CANARY).toString('base64'))
    const outcome = await approve('helm_uninstall', shown[1] ?? shown[0]!)
    expect(outcome.status).toBe('done')
    expect(JSON.stringify(outcome)).not.toContain(CANARY)
  })

  it('upgrades what Helm 3 has installed, by the patches that it would send', async () => {
    await helm('install', 'three', CHART, '--server-side=false')
    await kubectl('scale', 'deployment/three', '--replicas=4')
    const shown = await plan('helm_upgrade', { name: 'three', values: { replicaCount: 3 } })
    expect(lines(object(shown, 'Deployment').diff)).toEqual(['-  replicas: 4', '+  replicas: 3'])
    expect((await approve('helm_upgrade', shown)).status).toBe('done')
    expect(await kubectl('get', 'deployment', 'three', '-o', 'jsonpath={.spec.replicas}')).toBe('3')
  })

  it('shows what a chart adds and removes, and what stays by its own policy', async () => {
    const configMap = (name: string, annotations = '') =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-${name}\n${annotations}data:\n  a: b\n`
    const keep = '  annotations:\n    helm.sh/resource-policy: keep\n'
    const path = await chartWith('parts', {
      'one.yaml': configMap('one'),
      'two.yaml': configMap('two'),
      'kept.yaml': configMap('kept', keep),
    })
    await helm('install', 'parts', path)
    const next = await chartWith('parts-next', { 'three.yaml': configMap('three') })
    const shown = await plan('helm_upgrade', { name: 'parts', chart: next })
    expect(
      shown.objects
        .slice(1)
        .map(({ verb, name }) => `${verb} ${name}`)
        .sort(),
    ).toEqual(['create parts-three', 'delete parts-one', 'delete parts-two'])
    expect(shown.confirm).toBe('parts')
    expect(shown.notes.map(({ code }) => code)).toEqual(['helm-chart-from', 'helm-unchanged', 'helm-kept'])
    const outcome = await approve('helm_upgrade', shown)
    expect(outcome.status).toBe('done')
    expect(outcome.objects.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'parts updated',
      'parts-one deleted',
      'parts-three created',
      'parts-two deleted',
    ])
    expect(await kubectl('get', 'cm', 'parts-kept', '-o', 'name')).toBe('configmap/parts-kept\n')
  })

  it('creates the kinds of a chart that do not exist yet', async () => {
    const path = await chartWith('kinds', {})
    const group = `${namespace}.example.com`
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `things.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    }
    await mkdir(join(path, 'crds'))
    await writeFile(join(path, 'crds', 'things.yaml'), JSON.stringify(definition))
    const shown = await plan('helm_install', { name: 'kinds', chart: path })
    expect(shown.objects[1]).toMatchObject({
      verb: 'create',
      kind: 'CustomResourceDefinition',
      name: `things.${group}`,
    })
    expect((await approve('helm_install', shown)).status).toBe('done')
    expect(await kubectl('get', 'crd', `things.${group}`, '-o', 'name')).toContain('things')
    await kubectl('delete', 'crd', `things.${group}`, '--wait=false')
  })

  it('changes releases that are kept in ConfigMaps', async () => {
    const args = ['--kubeconfig', kubeconfig, '--namespace', namespace, 'install', 'maps', CHART]
    await run(HELM, args, { env: { ...process.env, HELM_DRIVER: 'configmap' } })
    expect((await change('helm_upgrade', { name: 'maps', values: { replicaCount: 2 } })).status).toBe('done')
    expect(await kubectl('get', 'cm', '-l', 'owner=helm,name=maps', '-o', 'name')).toContain('maps.v2')
  })

  it('names the managers that will undo it', async () => {
    await kubectl('autoscale', 'deployment', 'three', '--min=2', '--max=4', '--cpu=80%').catch(() =>
      kubectl('autoscale', 'deployment', 'three', '--min=2', '--max=4', '--cpu-percent=80'),
    )
    const shown = await plan('helm_upgrade', { name: 'three', values: { replicaCount: 9 } })
    const notes = object(shown, 'Deployment').notes.map(({ text }) => text)
    expect(notes.join('\n')).toContain('2 to 4 replicas')
    expect(notes.join('\n')).not.toContain('Helm release three')
  })

  it('runs hooks, and lists them before', async () => {
    const path = await chartWith('hooked', {
      'hook.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-hook\n  annotations:\n    helm.sh/hook: pre-install,pre-upgrade\n    helm.sh/hook-delete-policy: before-hook-creation\ndata:\n  a: b\n',
    })
    const shown = await plan('helm_install', { name: 'hooked', chart: path })
    const hook = shown.objects.find(({ name }) => name === 'hooked-hook')
    expect(hook?.notes[0]?.text).toBe('A hook (pre-install, pre-upgrade): it is created for this change, and stays')
    const outcome = await approve('helm_install', shown)
    expect(outcome.status).toBe('done')
    expect(outcome.objects.find(({ name }) => name === 'hooked-hook')?.state).toBe('created')
    expect((await change('helm_upgrade', { name: 'hooked', values: { replicaCount: 2 } })).status).toBe('done')
  })

  it('reports what exists after an install that failed', async () => {
    const path = await chartWith('failing', {
      'zz-pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-hook\n  annotations:\n    helm.sh/hook: post-install\nspec:\n  serviceAccountName: does-not-exist\n  containers: [{name: a, image: busybox}]\n',
    })
    const outcome = await change('helm_install', { name: 'failing', chart: path })
    expect(outcome.status).toBe('partly')
    expect(outcome.objects.map(({ kind, state }) => [kind, state])).toEqual([
      ['HelmRelease', 'created'],
      ['ConfigMap', 'created'],
      ['Service', 'created'],
      ['Deployment', 'created'],
      ['Pod', 'refused'],
    ])
    expect(outcome.objects[0]?.notes[0]?.text).toBe('Revision 1 is failed')
    expect(outcome.objects.at(-1)?.notes[0]?.text).toContain('does-not-exist')
    expect(outcome.notes[0]?.code).toBe('helm-failed')
  })

  it('refuses what the API server refuses, before anything is written', async () => {
    const before = await everything()
    await expect(
      plan('helm_install', { name: 'bad', chart: 'hello', values: { service: { port: 99_999 } } }),
    ).rejects.toThrow(/99999|65535/)
    await expect(plan('helm_upgrade', { name: 'web', values: { replicaCount: -1 } })).rejects.toThrow(/replicas/)
    expect(await everything()).toBe(before)
  })

  it('does not overwrite an object that somebody made meanwhile', async () => {
    const shown = await plan('helm_install', { name: 'late', chart: 'hello' })
    await kubectl('create', 'configmap', 'late-page', '--from-literal=a=b')
    await expect(approve('helm_install', shown)).rejects.toThrow(/late-page/)
    expect(await kubectl('get', 'cm', 'late-page', '-o', 'jsonpath={.data}')).toBe('{"a":"b"}')
  })

  it('refuses kinds and namespaces that the operator excludes', async () => {
    const role = await chartWith('role', {
      'role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {{ .Release.Name }}-x\nrules: []\n',
    })
    await expect(plan('helm_install', { name: 'role', chart: role })).rejects.toMatchObject({
      code: 'denied-by-operator',
    })
    const elsewhere = await chartWith('elsewhere', {
      'cm2.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: kube-public\n',
    })
    await expect(plan('helm_install', { name: 'elsewhere', chart: elsewhere })).rejects.toThrow(
      'The operator has excluded the namespace kube-public',
    )
    await expect(plan('helm_install', { name: 'x', chart: CHART })).rejects.toMatchObject({
      code: 'denied-by-operator',
      message: `Charts from ${CHART} are not allowed. Allowed by HELM_CHART_SOURCES: ${charts}.`,
    })
  })

  it('pulls charts from repositories that the operator allows, and from no other', async () => {
    const repository = await startRepository(charts)
    try {
      const config = readHelmConfig({
        ...{ PATH: process.env.PATH, HELM_PATH: HELM, SSL_CERT_FILE: repository.certificate },
        HELM_CHART_SOURCES: `${repository.url}, https://other.example/charts`,
      })
      const [install] = helmWriteTools(config)
      const pull = (chart: string) => install?.plan(install.read({ namespace, name: 'pulled', chart }), context())
      const shown = await pull(`${repository.url}/hello`)
      expect(shown?.title.text).toContain('chart hello-0.1.0')
      expect(shown?.notes[0]?.text).toBe(`The chart is from ${repository.url}/hello.`)
      expect((await pull(`${repository.url}/hello`))?.digest).toBe(shown?.digest)
      await expect(pull('hello')).rejects.toThrow(
        `Give the chart with its repository, as one of: ${repository.url}/hello, https://other.example/charts/hello.`,
      )
      await expect(pull('https://evil.example/hello')).rejects.toThrow(
        'Charts from https://evil.example are not allowed.',
      )
      await expect(pull('oci://evil.example/hello')).rejects.toThrow(
        'Charts from oci://evil.example/hello are not allowed.',
      )
      await expect(pull(`${repository.url}/missing`)).rejects.toThrow(/missing/)
    } finally {
      await repository.close()
    }
  })

  it('allows no chart source by default, and still changes values', async () => {
    const [install, upgrade] = helmWriteTools(readHelmConfig({ PATH: process.env.PATH, HELM_PATH: HELM }))
    await expect(install?.plan(install.read({ namespace, name: 'x', chart: 'hello' }), context())).rejects.toThrow(
      'No chart source is allowed. The operator sets HELM_CHART_SOURCES to https:// repositories, oci:// addresses or folders.',
    )
    const shown = await upgrade?.plan(upgrade.read({ namespace, name: 'web', values: { replicaCount: 1 } }), context())
    expect(shown?.notes[0]?.text).toBe('The chart stays hello-0.1.0, as the release has it.')
  })

  it('says that a release exists, is not there, or is being changed', async () => {
    await expect(plan('helm_install', { name: 'web', chart: 'hello' })).rejects.toThrow(
      /^Helm release web exists in .*: revision \d+ is deployed\. Use helm_upgrade, or another name\.$/,
    )
    await expect(plan('helm_upgrade', { name: 'wep', values: { a: 1 } })).rejects.toMatchObject({ code: 'not-found' })
    const newest = (await kubectl('get', 'secret', '-l', 'owner=helm,name=ten', '-o', 'name')).trim().split('\n').at(-1)
    await kubectl('label', newest ?? '', 'status=pending-upgrade', '--overwrite')
    await expect(plan('helm_upgrade', { name: 'ten', values: { v1: 'x' } })).rejects.toThrow(
      /Another operation on Helm release ten in .* is not finished: revision 2 is pending-upgrade for \d min\. Wait until it ends\./,
    )
    await kubectl('label', newest ?? '', 'status=deployed', '--overwrite')
  })

  it('uninstalls after the name was typed, and reports what a finalizer holds', async () => {
    await kubectl('patch', 'cm', 'web-page', '--type=merge', '-p', '{"metadata":{"finalizers":["example.com/keep"]}}')
    const before = await everything()
    const shown = await plan('helm_uninstall', { name: 'web' })
    expect(await everything()).toBe(before)
    expect(shown.confirm).toBe('web')
    expect(shown.objects.map(({ verb, kind }) => `${verb} ${kind}`).sort()).toEqual([
      'delete ConfigMap',
      'delete Deployment',
      'delete HelmRelease',
      'delete Service',
    ])
    const outcome = await approve('helm_uninstall', shown)
    expect(outcome.status).toBe('done')
    expect(Object.fromEntries(outcome.objects.map(({ kind, state }) => [kind, state]))).toEqual({
      HelmRelease: 'deleted',
      Service: 'deleted',
      Deployment: 'deleted',
      ConfigMap: 'terminating',
    })
    await kubectl('patch', 'cm', 'web-page', '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
  })

  it('writes nothing as another user or on another cluster than those of the card', async () => {
    const shown = await plan('helm_install', { name: 'stranger', chart: 'hello' })
    const before = await everything()
    for (const other of [{ user: 'somebody' }, { uid: randomUUID() }, { server: 'https://10.0.0.1' }])
      await expect(approve('helm_install', shown, { ...identity, ...other })).rejects.toMatchObject({
        code: 'cluster-changed',
      })
    expect(await everything()).toBe(before)
  })

  it('leaves nothing on this machine', async () => {
    const mine = (await readdir(tmpdir())).filter(
      (name) => name.startsWith('k8s-ai-assistant-') && name.includes(`-${process.pid}-`),
    )
    expect(mine).toEqual([])
  })

  it('cancels before Helm has written, and then nothing is written', async () => {
    const shown = await plan('helm_install', { name: 'cancelled', chart: 'hello' })
    const signal = AbortSignal.timeout(150)
    await expect(
      tool('helm_install').run(shown.arguments, { digest: shown.digest, identity }, context(signal)),
    ).rejects.toThrow()
    expect(await helm('list', '--short', '--filter', 'cancelled')).toBe('')
  })
})
