import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isConflict, prepareWrite, verificationCall } from '../../server/preview'
import type { PreparedWrite } from '../../server/preview'
import { hasKubectl, testKubeconfig } from '../support/app'
import { CANARIES, startLiveCluster } from '../support/live-cluster'
import type { LiveCluster } from '../support/live-cluster'
import { contToolbox, fluxToolbox, hasHelm } from '../support/toolbox'
import type { LiveToolbox } from '../support/toolbox'

type Args = Record<string, unknown>
interface Calls {
  name: string
  open: (kubeconfig: string) => Promise<LiveToolbox>
  /** What a dry run of this server is called. */
  basis: 'predicted' | 'server-dry-run'
  scale: (namespace: string, name: string, replicas: number) => [string, Args]
  apply: (manifest: string) => [string, Args]
  remove: (namespace: string, kind: { apiVersion: string; kind: string }, name: string) => [string, Args]
  install: (namespace: string, name: string, chart: string, values: Args) => [string, Args]
  uninstall: (namespace: string, name: string) => [string, Args]
}

const CONT: Calls = {
  name: 'kubernetes-mcp-server',
  open: contToolbox,
  basis: 'predicted',
  scale: (namespace, name, scale) => [
    'resources_scale',
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name, scale },
  ],
  apply: (resource) => ['resources_create_or_update', { resource }],
  remove: (namespace, kind, name) => ['resources_delete', { ...kind, namespace, name }],
  install: (namespace, name, chart, values) => ['helm_install', { namespace, name, chart, values }],
  uninstall: (namespace, name) => ['helm_uninstall', { namespace, name }],
}
const FLUX: Calls = {
  name: 'mcp-server-kubernetes',
  open: fluxToolbox,
  basis: 'server-dry-run',
  scale: (namespace, name, replicas) => ['kubectl_scale', { namespace, name, replicas }],
  apply: (manifest) => ['kubectl_apply', { manifest }],
  remove: (namespace, { kind }, name) => ['kubectl_delete', { resourceType: kind.toLowerCase(), namespace, name }],
  install: (namespace, name, chart, values) => ['install_helm_chart', { namespace, name, chart, values }],
  uninstall: (namespace, name) => ['uninstall_helm_chart', { namespace, name }],
}

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' }

const deployment = (namespace: string, name: string, image: string, replicas = 2) =>
  stringify({
    ...DEPLOYMENT,
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name: 'main', image, command: ['sleep', '3600'] }],
          terminationGracePeriodSeconds: 0,
        },
      },
    },
  })
const configMap = (namespace: string, name: string, data: Record<string, string>) =>
  stringify({ ...CONFIG_MAP, metadata: { name, namespace }, data }, { version: '1.1' })

const changed = (write: PreparedWrite) => write.preview.diff?.split('\n').filter((line) => /^[+-]/.test(line))

/** The notes in English. */
const said = (write: PreparedWrite) => write.preview.notes.map(({ text }) => text)

/** Neither a canary nor its base64. */
function expectNoCanary(value: unknown): void {
  const text = JSON.stringify(value)
  for (const canary of CANARIES) {
    expect(text).not.toContain(canary)
    expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(0, 16))
  }
}

describe.skipIf(!testKubeconfig || !hasKubectl())('a preview on the real API server', () => {
  let cluster: LiveCluster
  let folder: string
  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
    folder = await mkdtemp(join(tmpdir(), 'preview-'))
    await mkdir(join(folder, 'hello', 'templates'), { recursive: true })
    await writeFile(join(folder, 'hello', 'Chart.yaml'), 'apiVersion: v2\nname: hello\nversion: 0.1.0\n')
    await writeFile(join(folder, 'hello', 'values.yaml'), 'greeting: hello\ntimes: 1\napiToken: none-yet-1\n')
    await writeFile(
      join(folder, 'hello', 'templates', 'settings.yaml'),
      [
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\n  labels:',
        '    app.kubernetes.io/instance: {{ .Release.Name }}\ndata:\n  greeting: {{ .Values.greeting | quote }}\n',
      ].join('\n'),
    )
  })
  afterAll(async () => {
    await cluster?.remove()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  /** By kubectl, as somebody else would. */
  const apply = async (manifest: string) => {
    const path = join(folder, 'manifest.yaml')
    await writeFile(path, manifest)
    await cluster.kubectl('apply', '-f', path)
  }
  const read = (what: string, name: string, jsonpath: string) =>
    cluster.kubectl('-n', cluster.namespace, 'get', what, name, '-o', `jsonpath={${jsonpath}}`)

  describe.each([CONT, FLUX])('through $name', (calls: Calls) => {
    let toolbox: LiveToolbox
    beforeAll(async () => {
      toolbox = await calls.open(cluster.kubeconfig)
    })
    afterAll(() => toolbox?.close())

    const { signal } = new AbortController()
    const prepare = ([tool, args]: [string, Args]) => prepareWrite(tool, args, toolbox, signal)
    const run = ([tool]: [string, Args], write: PreparedWrite) => toolbox.text(tool, write.arguments)
    const verify = async ([tool]: [string, Args], write: PreparedWrite) => {
      const call = verificationCall(tool, write.arguments, toolbox.names())
      return call ? await toolbox.text(call.tool, call.arguments) : undefined
    }
    /** Names of this server's own, so that no test sees another's objects. */
    const named = (name: string) => `${name}-${calls === CONT ? 'cont' : 'flux'}`

    it('of a scale changes nothing, and is what a scale then does', async () => {
      const name = named('scaled')
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      const call = calls.scale(cluster.namespace, name, 5)
      const write = await prepare(call)
      expect(write).toMatchObject({ target: `Deployment ${name}`, namespace: cluster.namespace })
      expect(write.preview).toMatchObject({ basis: calls.basis, notes: [] })
      expect(changed(write)).toEqual(['-  replicas: 2', '+  replicas: 5'])
      expect(await read('deployment', name, '.spec.replicas')).toBe('2')

      await run(call, write)
      expect(await read('deployment', name, '.spec.replicas')).toBe('5')
      await expect.poll(() => verify(call, write)).toMatch(new RegExp(`${name} +[0-5]/5`))
    })

    it('of an apply is what it then does, and a stale one is refused', async () => {
      const name = named('applied')
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      const call = calls.apply(deployment(cluster.namespace, name, 'busybox:1.37', 3))
      const stale = await prepare(call)
      expect(changed(stale)).toEqual([
        '-  replicas: 2',
        '+  replicas: 3',
        expect.stringContaining('1.36'),
        expect.stringContaining('1.37'),
      ])
      expect(said(stale)).toContain(`The pods of Deployment ${name} are replaced by new ones.`)

      await cluster.kubectl('-n', cluster.namespace, 'label', 'deployment', name, 'touched=yes')
      const refused = await run(call, stale)
      expect(isConflict(refused), refused).toBe(true)
      expect(await read('deployment', name, '.spec.replicas')).toBe('2')

      // Its status goes on changing, and each change makes a new version.
      await expect.poll(async () => isConflict(await run(call, await prepare(call))), { timeout: 20_000 }).toBe(false)
      expect(await read('deployment', name, '.spec.template.spec.containers[0].image')).toBe('busybox:1.37')
      expect(said(await prepare(call))).toContain(`Nothing would change in Deployment ${name}.`)
      expect(await verify(call, await prepare(call))).toMatch(new RegExp(`${name} +\\d/3`))
      // Somebody else's own manifest still applies.
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      expect(await read('deployment', name, '.spec.replicas')).toBe('2')
    })

    it('of several documents, one of them new, is what an apply then does', async () => {
      const [old, fresh] = [named('old'), named('fresh')]
      await apply(configMap(cluster.namespace, old, { a: '1', b: '1' }))
      const manifest =
        configMap(cluster.namespace, old, { a: '2' }) + '---\n' + configMap(cluster.namespace, fresh, { mood: 'yes' })
      const call = calls.apply(manifest)
      const write = await prepare(call)
      // kubectl takes out what was applied before; server-side apply leaves what others have put there.
      const taken = calls === FLUX ? ['-  b: "1"'] : []
      expect(changed(write)?.slice(0, 2 + taken.length)).toEqual(['-  a: "1"', ...taken, '+  a: "2"'])
      expect(changed(write)).toContain('+  mood: "yes"')
      expect(said(write)).toContain(`ConfigMap ${fresh} does not exist yet in namespace ${cluster.namespace}.`)
      await run(call, write)
      expect(await read('configmap', old, '.data')).toBe(calls === FLUX ? '{"a":"2"}' : '{"a":"2","b":"1"}')
      expect(await read('configmap', fresh, '.data')).toBe('{"mood":"yes"}')
      expect((await prepare(call)).preview.diff).toBeUndefined()
    })

    it('of a deletion shows what goes, and the read after it shows that it is gone', async () => {
      const name = named('deleted')
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      await expect
        .poll(async () => (await cluster.podRows(['-n', cluster.namespace, '-l', `app=${name}`])).length)
        .toBe(2)
      const call = calls.remove(cluster.namespace, DEPLOYMENT, name)
      const write = await prepare(call)
      expect(write.preview.basis).toBe(calls.basis)
      expect(said(write).join()).toContain('With it go 2 pods')
      expect(changed(write)?.every((line) => line.startsWith('-'))).toBe(true)
      expect(write.confirm).toBeUndefined()
      expect(await verify(call, write)).toContain(name)
      await run(call, write)
      expect(await verify(call, write)).not.toContain(name)
      expect(said(await prepare(call))).toEqual([
        `Deployment ${name} does not exist in namespace ${cluster.namespace}.`,
      ])
    })

    it('of the deletion of a namespace counts what is in it, and asks for its name', async () => {
      const call = calls.remove('', { apiVersion: 'v1', kind: 'Namespace' }, cluster.namespace)
      const write = await prepare(call)
      expect(write).toMatchObject({ target: `Namespace ${cluster.namespace}`, confirm: cluster.namespace })
      expect(said(write).join()).toMatch(/\d+ Deployments \(.*\d+ Secret/)
      expect(await read('namespace', cluster.namespace, '.status.phase')).toBe('Active')
    })

    it('of a Secret shows none of its values', async () => {
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'gateway', namespace: cluster.namespace } }
      const wrong = {
        ...secret,
        stringData: { password: CANARIES[1], more: CANARIES[0] },
        data: { key: 'not base64!' },
      }
      const kind = { apiVersion: 'v1', kind: 'Secret' }
      const all: [string, Args][] = [
        calls.apply(stringify({ ...secret, stringData: { password: `${CANARIES[1]}-more` } })),
        calls.apply(stringify(wrong)),
        calls.remove(cluster.namespace, kind, 'gateway'),
        [
          'kubectl_patch',
          {
            resourceType: 'secret',
            name: 'gateway',
            namespace: cluster.namespace,
            patchData: { stringData: { key: CANARIES[0] } },
          },
        ],
        [
          'kubectl_create',
          {
            resourceType: 'secret',
            secretType: 'generic',
            name: 'x',
            namespace: cluster.namespace,
            fromLiteral: [`password=${CANARIES[1]}`],
          },
        ],
        ['kubectl_delete', { resourceType: 'secrets', labelSelector: 'a=b', namespace: cluster.namespace }],
      ]
      for (const call of all) {
        const write = await prepare(call)
        expectNoCanary([write.preview, write.target, write.confirm])
        expect(verificationCall(call[0], write.arguments, toolbox.names()), call[0]).toBeUndefined()
      }
    })

    const helmMissing = calls === FLUX && !hasHelm()
    if (helmMissing) console.log('Skipped: Helm through mcp-server-kubernetes needs helm, which is not on the PATH.')
    it.skipIf(helmMissing)(
      'of a Helm release shows its values against the defaults, from install to uninstall',
      async () => {
        const release = named('hello')
        const install = calls.install(cluster.namespace, release, join(folder, 'hello'), {
          times: 2,
          apiToken: CANARIES[0],
        })
        const write = await prepare(install)
        expect(write).toMatchObject({ target: `Helm release ${release}`, namespace: cluster.namespace })
        expect(said(write)[0]).toContain('Chart hello 0.1.0')
        expect(changed(write)).toEqual(['-times: 1', '+times: 2'])
        expect(said(write)).toContain('Changes that are not shown, in values: apiToken.')
        expectNoCanary(write.preview)

        await run(install, write)
        expect(await read('configmap', release, '.data.greeting')).toBe('hello')
        const uninstall = calls.uninstall(cluster.namespace, release)
        const removal = await prepare(uninstall)
        expect(removal.confirm).toBe(release)
        expect(said(removal)).toContain(`Release ${release} is at revision 1; its history goes too.`)
        expect(said(removal)).toContain(`Labelled as its own: 1 ConfigMap (${release}).`)
        expect(said(await prepare(install)).join()).toContain('exists already')
        if (calls === CONT) expect(await verify(install, write)).toContain(release)

        await run(uninstall, removal)
        expect(await verify(uninstall, removal)).not.toContain(`name: ${release}`)
        expect(said(await prepare(uninstall))[0]).toContain(`There is no release ${release}`)
      },
    )
  })

  describe('of what only mcp-server-kubernetes can', () => {
    let toolbox: LiveToolbox
    let viewer: LiveToolbox
    beforeAll(async () => {
      toolbox = await fluxToolbox(cluster.kubeconfig)
      viewer = await fluxToolbox(cluster.twoContexts)
    })
    afterAll(async () => {
      await toolbox?.close()
      await viewer?.close()
    })
    const { signal } = new AbortController()
    const prepare = (tool: string, args: Args, box = toolbox) =>
      prepareWrite(tool, { namespace: cluster.namespace, ...args }, box, signal)

    it.each<[string, Args['patchData']]>([
      ['strategic', { spec: { template: { spec: { containers: [{ name: 'main', image: 'busybox:1.37' }] } } } }],
      ['merge', { spec: { replicas: 4 } }],
      ['json', [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'busybox:1.37' }]],
    ])('a %s patch: the dry run agrees with the prediction, and with the patch', async (patchType, patchData) => {
      const name = `patched-${patchType}`
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      const args = { resourceType: 'deployment', name, patchType, patchData }
      const write = await prepare('kubectl_patch', args)
      expect(write.preview.basis).toBe('server-dry-run')
      // Without kubectl_generic it is predicted.
      const alone = { ...toolbox, tools: () => toolbox.tools().filter((tool) => tool.name !== 'kubectl_generic') }
      const predicted = await prepareWrite('kubectl_patch', { namespace: cluster.namespace, ...args }, alone, signal)
      expect(predicted.preview.basis).toBe('predicted')
      expect(predicted.preview.diff).toBe(write.preview.diff)
      await toolbox.text('kubectl_patch', write.arguments)
      expect((await prepare('kubectl_patch', args)).preview.diff).toBeUndefined()
    })

    it('a deletion by a manifest and one by a selector take what they show, and no more', async () => {
      const labelled = (name: string) =>
        configMap(cluster.namespace, name, { a: '1' }).replace('metadata:', 'metadata:\n  labels: { group: doomed }')
      await apply(
        [labelled('doomed-1'), labelled('doomed-2'), configMap(cluster.namespace, 'spared', {})].join('---\n'),
      )
      const byManifest = await prepare('kubectl_delete', {
        manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: doomed-1 }\n',
      })
      expect(byManifest).toMatchObject({ target: 'ConfigMap doomed-1', preview: { basis: 'server-dry-run' } })
      await toolbox.text('kubectl_delete', byManifest.arguments)
      const bySelector = await prepare('kubectl_delete', { resourceType: 'cm', labelSelector: 'group=doomed' })
      expect(said(bySelector)[0]).toContain('1 ConfigMap (doomed-2)')
      expect(bySelector.preview.basis).toBe('server-dry-run')
      await toolbox.text('kubectl_delete', bySelector.arguments)
      const left = await cluster.kubectl('-n', cluster.namespace, 'get', 'configmap', '-o', 'name')
      expect(left).not.toContain('doomed')
      expect(left).toContain('spared')
    })

    it('restart and undo of a rollout', async () => {
      const name = 'rolled'
      await apply(deployment(cluster.namespace, name, 'busybox:1.36'))
      const args = { resourceType: 'deployment', name }
      const restart = await prepare('kubectl_rollout', { ...args, subCommand: 'restart' })
      expect(changed(restart)).toEqual([expect.stringContaining('annotations'), expect.stringContaining('restartedAt')])
      expect(said(restart)).toEqual(['Its 2 pods are replaced by new ones, some at a time.'])
      expect(said(await prepare('kubectl_rollout', { ...args, subCommand: 'undo' }))).toEqual([
        'There is no earlier revision to go back to.',
      ])

      await cluster.kubectl('-n', cluster.namespace, 'set', 'image', `deployment/${name}`, 'main=busybox:1.37')
      const undo = () => prepare('kubectl_rollout', { ...args, subCommand: 'undo' })
      // The controller gives the revision its number.
      await expect.poll(async () => said(await undo())[0]).toBe('Back from revision 2 to revision 1.')
      expect(changed(await undo())).toEqual([expect.stringContaining('1.37'), expect.stringContaining('1.36')])
      const { arguments: approved } = await undo()
      await toolbox.text('kubectl_rollout', approved)
      expect(await read('deployment', name, '.spec.template.spec.containers[0].image')).toBe('busybox:1.36')
    })

    it('a drain names the pods on the node', async () => {
      const node = (await cluster.kubectl('get', 'nodes', '-o', 'name')).split('\n')[0]?.replace('node/', '') ?? ''
      const write = await prepare('node_management', { operation: 'drain', nodeName: node, confirmDrain: true })
      expect(said(write)[0]).toMatch(/these are evicted: \d+ pods? \(/)
      expect(changed(write)).toContain('+  unschedulable: true')
    })

    it('for a user who may not: the verb and the resource that are forbidden', async () => {
      const scale = await prepare('kubectl_scale', { name: 'web', replicas: 9 }, viewer)
      expect(scale.preview.basis).toBe('predicted')
      expect(said(scale)[0]).toMatch(/The API server refuses it: Forbidden: .* may not patch deployments\.apps\/scale/)
      const removal = await prepare('kubectl_delete', { resourceType: 'deployment', name: 'web' }, viewer)
      expect(said(removal)[0]).toMatch(/may not delete deployments\.apps/)
      const elsewhere = await prepare(
        'kubectl_scale',
        { namespace: 'kube-system', name: 'coredns', replicas: 0 },
        viewer,
      )
      expect(elsewhere.preview).toMatchObject({
        basis: 'none',
        notes: [{ text: expect.stringMatching(/may not get deployments/) }],
      })
    })
  })
})
