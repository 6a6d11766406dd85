import { describe, expect, it } from 'vitest'
import type { ServerId } from '../../../server/mcp/servers'
import { prepareChange, readsAfter } from '../../../server/preview'
import type { Preparation } from '../../../server/preview'
import { scriptedToolbox } from '../../support/agent/scripted'
import { serverTool } from '../../support/brands'

const KUBERNETES_MCP_SERVER = 'kubernetes-mcp-server'
const MCP_SERVER_KUBERNETES = 'mcp-server-kubernetes'
const { signal } = new AbortController()
const live = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n'

async function prepare(
  tool: string,
  args: Record<string, unknown>,
  { server, answers = {} }: { server?: ServerId; answers?: Parameters<typeof scriptedToolbox>[0] } = {},
) {
  const toolbox = scriptedToolbox(answers)
  const prepared = await prepareChange(
    { tool: serverTool(tool), arguments: args, ...(server && { server }) },
    toolbox,
    signal,
  )
  return { prepared, calls: toolbox.calls }
}

function changeOf(prepared: Preparation) {
  if (prepared.kind !== 'change') throw new Error(prepared.kind)
  return prepared.change
}

describe('a change by a server that cannot preview', () => {
  const scale = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 }

  it('shows its arguments, the object as it is, and that nothing more is known', async () => {
    const { prepared, calls } = await prepare('resources_scale', scale, {
      server: KUBERNETES_MCP_SERVER,
      answers: { resources_get: live },
    })
    expect(changeOf(prepared)).toMatchObject({
      arguments: scale,
      previewed: false,
      objects: [],
      title: { text: 'Call resources_scale: Deployment web in shop' },
      notes: [{ code: 'no-preview' }],
      live: expect.stringContaining('replicas: 3'),
    })
    expect(calls).toEqual([
      {
        name: 'resources_get',
        args: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
      },
    ])
  })

  it.each<[string, string, object]>([
    ['does not exist', 'live-missing', { isError: true, texts: ['deployments.apps "web" not found'] }],
    ['cannot be read', 'live-unreadable', { isError: true, texts: ['connection refused'] }],
  ])('says so if the object %s', async (_, code, answer) => {
    const { prepared } = await prepare('resources_scale', scale, {
      server: KUBERNETES_MCP_SERVER,
      answers: { resources_get: async () => ({ isError: true, texts: [''], ...answer }) },
    })
    expect(changeOf(prepared).notes.map((note) => note.code)).toEqual(['no-preview', code])
  })

  it('reports that the server has no tool to read it, and that a tool is unknown', async () => {
    expect(
      changeOf((await prepare('resources_scale', scale, { server: KUBERNETES_MCP_SERVER })).prepared).notes,
    ).toMatchObject([{ code: 'no-preview' }, { code: 'live-not-read' }])
    expect(changeOf((await prepare('a_new_tool', { x: 1 })).prepared).title.text).toBe('Call a_new_tool')
  })

  it('hides credentials of the object, and reads no Secret', async () => {
    const password = 'hunter2hunter2'
    const answers = { resources_get: `${live}  template: {env: [{name: DB_PASSWORD, value: ${password}}]}\n` }
    const { prepared } = await prepare('resources_scale', scale, { server: KUBERNETES_MCP_SERVER, answers })
    expect(changeOf(prepared).live).not.toContain(password)
    const secret = { apiVersion: 'v1', kind: 'Secret', name: 'x', namespace: 'shop' }
    expect((await prepare('resources_delete', secret, { server: KUBERNETES_MCP_SERVER, answers })).calls).toEqual([])
  })

  it('is read from a manifest once, as JSON, and is one call for each object', async () => {
    const configMap = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {mode: 0644}\n`
    const one = await prepare(
      'kubectl_apply',
      { manifest: configMap('a'), namespace: 'shop' },
      { server: MCP_SERVER_KUBERNETES },
    )
    expect(JSON.parse(String(changeOf(one.prepared).arguments.manifest))).toMatchObject({ data: { mode: 420 } })
    const two = `${configMap('a')}--- # comment\n${configMap('b')}`
    const { prepared } = await prepare(
      'resources_create_or_update',
      { resource: two },
      { server: KUBERNETES_MCP_SERVER },
    )
    expect(
      prepared.kind === 'split' && prepared.calls.map(({ resource }) => JSON.parse(String(resource))),
    ).toMatchObject([{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }])
  })

  it('is refused if a manifest can be read in two ways, with the line (writes-1)', async () => {
    const merge = 'x: &k {kind: Secret}\n<<: *k\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
    const { prepared } = await prepare(
      'resources_create_or_update',
      { resource: merge },
      { server: KUBERNETES_MCP_SERVER },
    )
    expect(prepared).toMatchObject({ kind: 'refused', note: { text: expect.stringMatching(/line 1/i) } })
  })

  it.each<[ServerId | undefined, string, object, string | undefined]>([
    [KUBERNETES_MCP_SERVER, 'resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'old' }, 'old'],
    [MCP_SERVER_KUBERNETES, 'kubectl_delete', { resourceType: 'ns', name: 'old' }, 'old'],
    [MCP_SERVER_KUBERNETES, 'kubectl_delete', { resourceType: 'namespaces.v1.', name: 'old' }, 'old'],
    [
      MCP_SERVER_KUBERNETES,
      'kubectl_delete',
      { resourceType: 'pods', labelSelector: 'app=web', namespace: 'shop' },
      'shop',
    ],
    [
      MCP_SERVER_KUBERNETES,
      'kubectl_delete',
      { resourceType: 'pods', labelSelector: 'app=web', allNamespaces: true },
      'kubectl_delete',
    ],
    [MCP_SERVER_KUBERNETES, 'kubectl_delete', { resourceType: 'pod', name: 'web', namespace: 'shop' }, undefined],
    [KUBERNETES_MCP_SERVER, 'pods_delete', { name: 'web', namespace: 'shop' }, undefined],
    [KUBERNETES_MCP_SERVER, 'helm_uninstall', { name: 'cart', namespace: 'shop' }, 'cart'],
    [MCP_SERVER_KUBERNETES, 'uninstall_helm_chart', { name: 'cart', namespace: 'shop' }, 'cart'],
    [MCP_SERVER_KUBERNETES, 'node_management', { operation: 'drain', nodeName: 'node-1' }, 'node-1'],
    [MCP_SERVER_KUBERNETES, 'node_management', { operation: 'cordon', nodeName: 'node-1' }, undefined],
    [undefined, 'namespace_delete', { name: 'old' }, 'old'],
    [undefined, 'purge_everything', {}, 'purge_everything'],
    [undefined, 'a_new_tool', { name: 'old' }, undefined],
    [KUBERNETES_MCP_SERVER, 'resources_scale', scale, undefined],
  ])(
    'asks for a typed name by any tool and spelling that deletes more than one (writes-10): %s %s %j',
    async (server, tool, args, name) => {
      const { prepared } = await prepare(tool, { ...args }, { ...(server && { server }) })
      expect(changeOf(prepared).confirm).toBe(name)
    },
  )
})

describe('the read after a change', () => {
  it('is the row of its object, once', () => {
    const scale = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 }
    const call = { tool: serverTool('resources_scale'), server: KUBERNETES_MCP_SERVER, arguments: scale } as const
    expect(readsAfter([call, call])).toEqual([
      {
        tool: 'resources_list',
        arguments: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', fieldSelector: 'metadata.name=web' },
      },
    ])
    const drain = { operation: 'drain', nodeName: 'node-1' }
    expect(
      readsAfter([{ tool: serverTool('node_management'), server: MCP_SERVER_KUBERNETES, arguments: drain }]),
    ).toEqual([
      {
        tool: 'kubectl_get',
        arguments: { resourceType: 'node', fieldSelector: 'metadata.name=node-1', output: 'wide' },
      },
    ])
  })

  it('is the list of releases after Helm, and none of a Secret or of what nobody knows', () => {
    const helm = {
      tool: serverTool('helm_install'),
      server: KUBERNETES_MCP_SERVER,
      arguments: { name: 'x', namespace: 'shop' },
    } as const
    expect(readsAfter([helm])).toEqual([{ tool: 'helm_list', arguments: { namespace: 'shop' } }])
    const secret = { apiVersion: 'v1', kind: 'Secret', name: 'x', namespace: 'shop' }
    expect(
      readsAfter([{ tool: serverTool('resources_delete'), server: KUBERNETES_MCP_SERVER, arguments: secret }]),
    ).toEqual([])
    expect(readsAfter([{ tool: serverTool('a_new_tool'), arguments: { name: 'x' } }])).toEqual([])
  })
})
