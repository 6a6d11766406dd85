import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { kubernetesMcpServerBinary } from '../../support/app'

const CHART = fileURLToPath(new URL('../../support/chart', import.meta.url))

const resultSchema = z.looseObject({
  isError: z.boolean().optional(),
  content: z.array(z.looseObject({ text: z.string() })),
})

let cluster: DemoCluster
let client: Client

beforeEach(async () => {
  cluster = await startDemoCluster()
  client = new Client({ name: 'demo-cluster-test', version: '0' })
  const fences = ['--kubeconfig', cluster.kubeconfigPath, '--disable-multi-cluster']
  const args = [...fences, '--toolsets', 'core,helm']
  await client.connect(new StdioClientTransport({ command: kubernetesMcpServerBinary(), args, stderr: 'ignore' }))
})
afterEach(async () => {
  await client.close()
  await cluster.close()
})

async function call(name: string, args: Record<string, unknown>): Promise<{ text: string; isError: boolean }> {
  const { isError = false, content } = resultSchema.parse(await client.callTool({ name, arguments: args }))
  return { text: content.map(({ text }) => text).join('\n'), isError }
}

/** @throws Error if the tool reports a failure */
async function done(name: string, args: Record<string, unknown>): Promise<string> {
  const { text, isError } = await call(name, args)
  if (isError) throw new Error(text)
  return text
}

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web-config' }
const podsOf = (namespace: string) => done('pods_list_in_namespace', { namespace })

describe('the demo cluster under kubernetes-mcp-server', () => {
  it('scales a Deployment, and its pods run a moment later', async () => {
    expect(await done('resources_scale', web)).toContain('replicas: 3')
    expect(await done('resources_scale', { ...web, scale: 5 })).toContain('replicas: 5')
    await expect.poll(() => podsOf('shop')).toMatch(/(web-\S+\s+1\/1\s+Running[^]*){5}/)
    await done('resources_scale', { ...web, scale: 1 })
    expect((await podsOf('shop')).match(/web-\S+\s+1\/1\s+Running/g)).toHaveLength(1)
  })

  it('applies, and refuses what has been changed since it was read', async () => {
    const read = await done('resources_get', configMap)
    const edited = read.replace('THEME: autumn', 'THEME: winter')
    expect(edited).not.toBe(read)
    expect(await done('resources_create_or_update', { resource: edited })).toContain('THEME: winter')
    const stale = read.replace('THEME: autumn', 'THEME: spring')
    expect(await call('resources_create_or_update', { resource: stale })).toMatchObject({
      isError: true,
      text: expect.stringContaining(
        'Operation cannot be fulfilled on configmaps "web-config": the object has been modified',
      ),
    })
    expect(await done('resources_get', configMap)).toContain('THEME: winter')
  })

  it('creates and deletes objects, namespaces and pods', async () => {
    await done('resources_create_or_update', { resource: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}' })
    await done('resources_create_or_update', {
      resource: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made, namespace: lab}\ndata: {a: b}',
    })
    expect(await done('pods_run', { name: 'runner', namespace: 'lab', image: 'nginx:1.27.3', port: 80 })).toContain(
      'runner',
    )
    await expect.poll(() => podsOf('lab')).toMatch(/runner\s+1\/1\s+Running/)
    await done('pods_delete', { name: 'runner', namespace: 'lab' })
    expect(await done('resources_list', { apiVersion: 'v1', kind: 'Service', namespace: 'lab' })).not.toContain(
      'runner',
    )
    await done('resources_delete', { ...configMap, namespace: 'lab', name: 'made' })
    expect(await call('resources_delete', { ...configMap, namespace: 'lab', name: 'made' })).toMatchObject({
      isError: true,
      text: 'failed to delete resource: configmaps "made" not found',
    })
    await done('resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'lab' })
    expect(await done('namespaces_list', {})).not.toContain('lab')
  })

  it('refuses what cannot be, in the words of an API server', async () => {
    const resource = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, namespace: shop}\nspec: {replicas: 1}'
    expect((await call('resources_create_or_update', { resource })).text).toContain(
      'Deployment.apps "x" is invalid: [spec.selector: Required value, spec.template: Required value]',
    )
    const nowhere = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: nowhere}'
    expect((await call('resources_create_or_update', { resource: nowhere })).text).toContain(
      'namespaces "nowhere" not found',
    )
  })

  it('installs a chart, lists its release and uninstalls it, in a namespace of its own', async () => {
    await done('resources_create_or_update', { resource: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}' })
    const release = { name: 'hi', namespace: 'lab' }
    expect(await done('helm_install', { ...release, chart: CHART, values: { replicaCount: 2 } })).toMatch(
      /chart: hello[^]*status: deployed/,
    )
    expect(await done('helm_list', { namespace: 'lab' })).toMatch(/name: hi\n {2}namespace: lab\n {2}revision: 1/)
    expect(await podsOf('lab')).toMatch(/(hi-\S+\s+1\/1\s+Running[^]*){2}/)
    expect(await done('resources_get', { ...configMap, namespace: 'lab', name: 'hi-page' })).toContain('Hello from hi')
    expect(await call('helm_install', { ...release, chart: CHART })).toMatchObject({
      isError: true,
      text: expect.stringContaining('cannot re-use a name that is still in use'),
    })
    expect(await done('helm_uninstall', release)).toContain('Uninstalled release hi')
    expect(await done('helm_list', { namespace: 'lab' })).not.toContain('hi')
    expect(await done('resources_list', { ...web, namespace: 'lab', name: undefined })).not.toContain('hi')
    expect(await done('helm_uninstall', release)).toContain('not found')
  })

  it('uninstalls the release that is there from the start, with what it made', async () => {
    expect(await done('helm_list', { all_namespaces: true })).toMatch(/name: prometheus\n {2}namespace: monitoring/)
    expect(await done('pods_top', { namespace: 'monitoring' })).toMatch(/prometheus\s+\d+m\s+\d+Mi/)
    await done('helm_uninstall', { name: 'prometheus', namespace: 'monitoring' })
    expect(await podsOf('monitoring')).not.toContain('prometheus')
    expect(await done('helm_list', { all_namespaces: true })).not.toContain('prometheus')
  })
})
