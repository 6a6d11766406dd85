import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { isConflict, missingVerb, missingVerbs, prepareWrite } from '../../../server/preview'
import type { PreparedWrite } from '../../../server/preview'
import type { RawToolResult } from '../../../server/results/types'
import { scriptedToolbox, toolEntry } from '../../support/agent/scripted'
import type { ScriptedToolbox } from '../../support/agent/scripted'

const signal = new AbortController().signal
const CANARY = 'hunter2-canary'

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', resourceVersion: '41', uid: 'u' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  },
}
const notFound: RawToolResult = { isError: true, texts: ['failed to get resource: deployments.apps "web" not found'] }
const forbidden: RawToolResult = {
  isError: true,
  texts: [
    'Failed: Command failed: kubectl patch x\nError from server (Forbidden): cannot patch resource "deployments/scale"',
  ],
}
const table = (...names: string[]) => ['NAME     READY', ...names.map((name) => `${name.padEnd(9)}1/1`)].join('\n')

function cont(object: object | RawToolResult = web, rows = table()): ScriptedToolbox {
  return scriptedToolbox({ resources_get: asAnswer(object), resources_list: rows })
}

const generic = {
  ...toolEntry('kubectl_generic'),
  model: {
    ...toolEntry('kubectl_generic').model,
    parameters: { type: 'object' as const, properties: { flags: { type: 'object' } } },
  },
}

/** The notes in English. */
const said = ({ preview }: Pick<PreparedWrite, 'preview'>): string[] => preview.notes.map(({ text }) => text)

/** Without `dryRun` the server has no kubectl_generic. */
function flux(object: object | RawToolResult = web, dryRun?: object | RawToolResult): ScriptedToolbox {
  const answers = { kubectl_get: asAnswer(object), kubectl_generic: asAnswer(dryRun ?? {}) }
  return scriptedToolbox(answers, [toolEntry('kubectl_get'), ...(dryRun ? [generic] : [])])
}

function asAnswer(object: object): string | RawToolResult {
  return 'texts' in object ? (object as RawToolResult) : JSON.stringify(object)
}

describe('a scale', () => {
  const args = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scale: 5 }

  it('is shown as a diff of the live object, in the namespace in which that was found', async () => {
    const write = await prepareWrite('resources_scale', args, cont(), signal)
    expect(write).toMatchObject({
      target: 'Deployment web',
      namespace: 'shop',
      arguments: { ...args, namespace: 'shop' },
    })
    expect(write.preview).toMatchObject({ basis: 'predicted', notes: [] })
    expect(write.preview.diff).toContain('-  replicas: 3\n+  replicas: 5')
  })

  it("is the API server's own where it can do a dry run", async () => {
    const toolbox = flux(web, { kind: 'Scale', spec: { replicas: 5 } })
    const write = await prepareWrite('kubectl_scale', { name: 'web', namespace: 'shop', replicas: 5 }, toolbox, signal)
    expect(write.preview.basis).toBe('server-dry-run')
    expect(toolbox.calls.at(-1)).toEqual({
      name: 'kubectl_generic',
      args: {
        command: 'patch',
        resourceType: 'deployment',
        name: 'web',
        namespace: 'shop',
        outputFormat: 'json',
        flags: { type: 'merge', subresource: 'scale', 'dry-run': 'server', patch: '{"spec":{"replicas":5}}' },
      },
    })
  })

  it('that the API server would refuse says so, in its words', async () => {
    const write = await prepareWrite(
      'kubectl_scale',
      { name: 'web', namespace: 'shop', replicas: 5 },
      flux(web, forbidden),
      signal,
    )
    expect(write.preview).toMatchObject({
      basis: 'predicted',
      notes: [
        {
          code: 'api-refuses',
          text: 'The API server refuses it: Error from server (Forbidden): cannot patch resource "deployments/scale"',
        },
      ],
    })
  })

  it('is no dry run through a tool that does not know flags: it might run', async () => {
    const toolbox = scriptedToolbox({ kubectl_get: JSON.stringify(web), kubectl_generic: '{}' })
    const write = await prepareWrite('kubectl_scale', { name: 'web', replicas: 5 }, toolbox, signal)
    expect(write.preview.basis).toBe('predicted')
    expect(toolbox.calls.map(({ name }) => name)).toEqual(['kubectl_get'])
  })

  it('of what is not there says so', async () => {
    const write = await prepareWrite('resources_scale', { ...args, namespace: 'shop' }, cont(notFound), signal)
    expect(write.preview).toEqual({
      basis: 'none',
      notes: [
        {
          code: 'missing-in',
          params: { object: 'Deployment web', namespace: 'shop' },
          text: 'Deployment web does not exist in namespace shop.',
        },
      ],
    })
  })

  it.each([['-1'], [1.5], ['five'], [null]])('to %j is no number of replicas', async (scale) => {
    const write = await prepareWrite('resources_scale', { ...args, scale }, cont(), signal)
    expect(said(write)).toEqual([`${JSON.stringify(scale)} is no number of replicas.`])
  })
})

describe('an apply', () => {
  const image = (name: string) =>
    stringify({
      ...web,
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { spec: { containers: [{ name: 'web', image: name }] } } },
    })

  it('carries the resourceVersion of what was previewed', async () => {
    const write = await prepareWrite('resources_create_or_update', { resource: image('web:2') }, cont(), signal)
    expect(write.arguments.resource).toContain('resourceVersion: "41"')
    expect(write.preview.diff).toContain(
      '-          image: web:1\n+          image: web:2'.replaceAll('          image', '          image'),
    )
    expect(said(write)).toContain('The pods of Deployment web are replaced by new ones.')
  })

  it('of what is new is all plus, without a resourceVersion', async () => {
    const resource = image('web:2').replace('name: web', 'name: web\n  resourceVersion: "9"')
    const write = await prepareWrite('resources_create_or_update', { resource }, cont(notFound), signal)
    expect(write.arguments.resource).not.toContain('resourceVersion')
    expect(said(write)).toContain('Deployment web does not exist yet in namespace shop.')
    expect(
      write.preview.diff
        ?.split('\n')
        .slice(1)
        .every((line) => line.startsWith('+')),
    ).toBe(true)
  })

  it('of several documents shows each, under its name', async () => {
    const settings = stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a: '1' },
    })
    const toolbox = scriptedToolbox({
      resources_get: (args) =>
        Promise.resolve(args.kind === 'ConfigMap' ? notFound : { isError: false, texts: [JSON.stringify(web)] }),
    })
    const write = await prepareWrite(
      'resources_create_or_update',
      { resource: `${image('web:2')}---\n${settings}` },
      toolbox,
      signal,
    )
    expect(write.target).toBe('Deployment web, ConfigMap settings')
    expect(write.preview.diff).toMatch(/^@@ .* @@ Deployment web\n[^]*\n@@ -0,0 \+1,6 @@ ConfigMap settings\n/)
    expect(said(write)).toContain(
      'ConfigMap settings does not exist yet. It names no namespace: it goes to that of the kubeconfig.',
    )
  })

  it('by kubectl goes to the namespace of its manifest, and takes out what it had applied', async () => {
    const applied = { metadata: { labels: { old: 'x' } }, spec: { paused: true } }
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) }
    const live = {
      ...web,
      metadata: { ...web.metadata, annotations, labels: { old: 'x' } },
      spec: { ...web.spec, paused: true },
    }
    const write = await prepareWrite('kubectl_apply', { manifest: image('web:1') }, flux(live), signal)
    expect(write.arguments).toMatchObject({ namespace: 'shop' })
    const changed = write.preview.diff?.split('\n').filter((line) => /^[+-]/.test(line))
    expect(changed).toEqual(['-  labels:', '-    old: x', '-  paused: true'])
  })

  it('for another namespace than its call will be refused, and says so', async () => {
    const write = await prepareWrite('kubectl_apply', { manifest: image('web:1'), namespace: 'other' }, flux(), signal)
    expect(said(write).join()).toContain(
      'kubectl will refuse it: Deployment web is for namespace shop, and the call for other.',
    )
  })

  it.each([
    [{ manifest: 'a: b: c' }, 'no valid YAML'],
    [{ manifest: 'kind: A' }, 'without a kind or a name'],
    [{ manifest: '' }, 'without a kind or a name'],
    [{ filename: '/etc/passwd' }, 'The file is on the MCP server'],
    [{ manifest: `${'kind: A\napiVersion: v1\nmetadata: {name: a}\n---\n'.repeat(51)}` }, 'more than 50'],
  ])('of %j is not previewed', async (args, note) => {
    const toolbox = flux()
    const write = await prepareWrite('kubectl_apply', args, toolbox, signal)
    expect(write.preview.basis).toBe('none')
    expect(said(write).join()).toContain(note)
    expect(toolbox.calls).toEqual([])
  })

  it('with a placeholder in place of a value warns first', async () => {
    const secret = stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: '<redacted, 5 bytes>' },
    })
    const write = await prepareWrite('resources_create_or_update', { resource: secret }, cont(notFound), signal)
    expect(said(write)[0]).toContain('placeholder')
  })

  it('shows no secret, in the diff or in the words of an error', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'shop' },
      data: { password: Buffer.from(CANARY).toString('base64') },
    }
    const resource = stringify({ ...secret, data: undefined, stringData: { password: 'another-canary' } })
    const shown = await prepareWrite('resources_create_or_update', { resource }, cont(secret), signal)
    const failed = await prepareWrite(
      'resources_create_or_update',
      { resource },
      cont({ isError: true, texts: [`password: ${CANARY}`] }),
      signal,
    )
    expect(JSON.stringify([shown.preview, failed.preview])).not.toMatch(/canary|aHVudGVyMi1jYW5hcnk/)
    expect(said(shown).join()).toContain('data.password')
  })
})

describe('a deletion', () => {
  it('is all minus, with the pods that go', async () => {
    const args = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }
    const write = await prepareWrite('resources_delete', args, cont(web, table('web-1', 'web-2')), signal)
    expect(said(write)).toEqual(['With it go 2 pods (web-1, web-2).'])
    expect(
      write.preview.diff
        ?.split('\n')
        .slice(1)
        .every((line) => line.startsWith('-')),
    ).toBe(true)
    expect(write.confirm).toBeUndefined()
  })

  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments' } }
  it.each<[string, Record<string, unknown>]>([
    ['resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'payments' }],
    ['resources_delete', { apiVersion: 'v1', kind: 'namespaces', name: 'payments' }],
    ['kubectl_delete', { resourceType: 'ns', name: 'payments' }],
    ['kubectl_delete', { resourceType: 'Namespaces', name: 'payments' }],
    ['kubectl_delete', { resourceType: 'namespace.v1.', name: 'payments' }],
    ['kubectl_delete', { resourceType: 'pods,ns', name: 'payments' }],
    ['kubectl_delete', { manifest: stringify(namespace), filename: 'x' }],
    ['kubectl_delete', { resourceType: 'ns', labelSelector: 'name=payments' }],
    ['kubectl_delete', { manifest: 'kind: NamespaceList\napiVersion: v1\nitems: [{metadata: {name: payments}}]' }],
  ])('of a namespace by %s %j has to be typed', async (tool, args) => {
    const toolbox =
      tool === 'kubectl_delete'
        ? scriptedToolbox({
            kubectl_get: (given) =>
              Promise.resolve({
                isError: false,
                texts: [given.output === 'wide' ? table('payments') : JSON.stringify(namespace)],
              }),
          })
        : cont(namespace)
    const write = await prepareWrite(tool, args, toolbox, signal)
    expect(write.confirm).toBe('payments')
  })

  it.each([
    [{ filename: '/tmp/x.yaml' }],
    [{ manifest: 'kind: ConfigMap\nkind: Namespace\napiVersion: v1\nmetadata: {name: payments}\n' }],
    [{ manifest: '- no object' }],
  ])('that nobody can see has to be typed: %j', async (args) => {
    const toolbox = flux()
    const write = await prepareWrite('kubectl_delete', args, toolbox, signal)
    expect(write).toMatchObject({ confirm: 'delete', preview: { basis: 'none' } })
    expect(toolbox.calls).toEqual([])
  })

  it('by a manifest that names no namespace runs in the one that was shown', async () => {
    const manifest = stringify({ ...web, metadata: { name: 'web' } })
    const write = await prepareWrite('kubectl_delete', { manifest, namespace: 'shop' }, flux(), signal)
    expect(write.namespace).toBe('shop')
    expect(write.arguments.manifest).toContain('namespace: shop')
  })

  it('of a namespace hidden in a name has to be typed too', async () => {
    const write = await prepareWrite('kubectl_delete', { resourceType: 'pod/x', name: 'ns/payments' }, flux(), signal)
    expect(write.confirm).toBe('ns/payments')
  })

  it('counts what is in a namespace', async () => {
    const write = await prepareWrite(
      'resources_delete',
      { apiVersion: 'v1', kind: 'Namespace', name: 'payments' },
      cont(namespace, table('a')),
      signal,
    )
    expect(said(write).join()).toContain('1 Deployment (a)')
    expect(said(write).join()).toContain('1 Secret,')
  })

  it('by a selector lists what matches', async () => {
    const toolbox = scriptedToolbox({ kubectl_get: table('web-1', 'web-2') })
    const write = await prepareWrite(
      'kubectl_delete',
      { resourceType: 'pods', labelSelector: 'app=web', namespace: 'shop' },
      toolbox,
      signal,
    )
    expect(write).toMatchObject({ target: 'every Pod with app=web', namespace: 'shop' })
    expect(said(write)[0]).toBe(
      '2 Pods (web-1, web-2) in namespace shop match now; whatever matches when it runs is deleted.',
    )
    expect(write.preview.diff).toContain('@@ Pod web-2\n-kind: Pod')
  })
})

describe('a read for a preview', () => {
  it.each<[string, Record<string, unknown>]>([
    ['kubectl_scale', { name: '--context=admin', replicas: 1 }],
    ['kubectl_scale', { name: 'web', namespace: '../kube-system', replicas: 1 }],
    ['kubectl_scale', { name: 'web', resourceType: 'deployment --token=x', replicas: 1 }],
    ['kubectl_scale', { name: 'web', resourceType: '-f', replicas: 1 }],
    ['kubectl_patch', { name: 'web', resourceType: 'deployment/../x', patchData: {} }],
    ['kubectl_patch', { name: ['web', '--as=admin'], resourceType: 'deployment', patchData: {} }],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: '--all' }],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: 'a=b --context=admin' }],
    ['kubectl_rollout', { name: 'a b', resourceType: 'deployment', subCommand: 'restart' }],
    ['node_management', { nodeName: '../../etc', operation: 'drain' }],
    ['resources_delete', { apiVersion: 'v1/../..', kind: 'Pod', name: 'x' }],
    ['resources_delete', { apiVersion: 'v1', kind: 'Pod', name: 'x/../../secrets/y' }],
    ['uninstall_helm_chart', { name: '--kube-token=x', namespace: '--all' }],
  ])('is not made with names that could be more than names: %s %j', async (tool, args) => {
    const toolbox = tool.startsWith('resources') ? cont() : flux(web, {})
    const write = await prepareWrite(tool, args, toolbox, signal)
    expect(write.preview.basis).toBe('none')
    expect(said(write)).not.toEqual([])
    expect(toolbox.calls.filter(({ args: given }) => /--|\.\.|\s-/.test(JSON.stringify(given)))).toEqual([])
  })

  it('that is stopped throws the reason', async () => {
    const stop = new AbortController()
    const toolbox = scriptedToolbox({
      resources_get: () => {
        stop.abort(new Error('stopped'))
        return Promise.reject(new Error('aborted'))
      },
    })
    const args = { apiVersion: 'v1', kind: 'Pod', name: 'a', scale: 1 }
    await expect(prepareWrite('resources_scale', args, toolbox, stop.signal)).rejects.toThrow('stopped')
  })

  it('that fails in any other way is said', async () => {
    const toolbox = scriptedToolbox({ resources_get: () => Promise.reject(new Error('broken')) })
    const write = await prepareWrite(
      'resources_scale',
      { apiVersion: 'v1', kind: 'Pod', name: 'a', scale: 1 },
      toolbox,
      signal,
    )
    expect(write.preview).toEqual({
      basis: 'none',
      notes: [
        {
          code: 'preview-failed',
          params: { tool: 'resources_scale', words: 'Error: broken' },
          text: 'What resources_scale changes could not be previewed: Error: broken',
        },
      ],
    })
  })
})

describe('what is not known', () => {
  it.each(['kubectl_generic', 'some_tool'])('%s has no preview, and says so', async (tool) => {
    const toolbox = flux()
    const write = await prepareWrite(tool, { command: 'delete' }, toolbox, signal)
    expect(write).toEqual({
      arguments: { command: 'delete' },
      preview: {
        basis: 'none',
        notes: [{ code: 'unknown-tool', params: { tool }, text: expect.stringContaining('could not be previewed') }],
      },
    })
    expect(toolbox.calls).toEqual([])
  })

  it('a verb that the server lacks is named', () => {
    const contTools = new Set(['helm_list', 'helm_install', 'helm_uninstall'])
    expect(missingVerb('upgrade_helm_chart', contTools)).toBe(
      'The MCP server in use has no tool to upgrade Helm releases.',
    )
    expect(missingVerb('install_helm_chart', contTools)).toBeUndefined()
    expect(missingVerb('anything', contTools)).toBeUndefined()
    expect(
      missingVerbs(
        new Set([
          'upgrade_helm_chart',
          'install_helm_chart',
          'uninstall_helm_chart',
          'kubectl_rollout',
          'kubectl_patch',
          'node_management',
        ]),
      ),
    ).toEqual(['list Helm releases'])
  })
})

describe('a conflict', () => {
  it.each([
    [
      'failed to create or update resources: Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      true,
    ],
    [
      'Failed to apply manifest: Command failed: kubectl apply -f /tmp/m.yaml\nError from server (Conflict): error when applying patch: …',
      true,
    ],
    ['Error from server (Forbidden): deployments.apps "web" is forbidden', false],
    ['Apply failed with 1 conflict: conflict with "kubectl": .spec.replicas', false],
  ])('%s: %s', (text, is) => {
    expect(isConflict(text)).toBe(is)
  })
})
