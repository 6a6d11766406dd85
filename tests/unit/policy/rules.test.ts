import { describe, expect, it } from 'vitest'
import { createPolicy, missingRuleTool, parsePolicyRules } from '../../../server/agent/policy'
import { serverTool } from '../../support/brands'

const policy = (text: string, mode: 'approve' | 'read-only' = 'approve') =>
  createPolicy({ mode, rules: parsePolicyRules(text) })

describe("the operator's file", () => {
  it('says what a tool is', () => {
    const { decide, isOffered } = policy(
      'tools: {kubectl_apply: denied, pods_list: write, pods_exec: write, other_list: read}',
    )
    expect(decide(serverTool('kubectl_apply'), { manifest: 'kind: Pod' })).toMatchObject({
      reason: { text: expect.stringContaining('operator') },
    })
    expect(isOffered(serverTool('kubectl_apply'))).toBe(false)
    expect(decide(serverTool('pods_list'), {}).kind).toBe('write')
    expect(decide(serverTool('pods_exec'), { name: 'web', command: ['ls', '-l'] }).kind).toBe('write')
    expect(decide(serverTool('other_list'), { kind: 'Pod' })).toEqual({ kind: 'read' })
    expect(decide(serverTool('other_list'), { kind: 'Secret' }).kind).toBe('denied')
    expect(decide(serverTool('other_list'), {}, { destructiveHint: true }).kind).toBe('write')
    expect(decide(serverTool('toString'), {}).kind).toBe('write')
  })

  it('keeps writes inside namespaces', () => {
    const { decide } = policy('namespaces: {writes: [shop, cart]}')
    const scale = (namespace?: string) =>
      decide(serverTool('kubectl_scale'), { name: 'web', replicas: 1, ...(namespace && { namespace }) })
    expect(scale('shop').kind).toBe('write')
    expect(scale('payments').kind).toBe('denied')
    expect(scale().kind).toBe('denied')
    const update = (resource: string) => decide(serverTool('resources_create_or_update'), { resource }).kind
    expect(update('apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}')).toBe('write')
    expect(update('apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: payments}')).toBe('denied')
    expect(update('apiVersion: v1\nkind: Pod\nmetadata: {name: a}')).toBe('denied')
    expect(
      update(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a, namespace: shop}',
      ),
    ).toBe('denied')
    expect(
      update(
        'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}}, {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: x}}]',
      ),
    ).toBe('denied')
    expect(
      decide(serverTool('kubectl_apply'), {
        manifest: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}',
        namespace: 'shop',
      }).kind,
    ).toBe('write')
    expect(decide(serverTool('kubectl_delete'), { resourceType: 'ns', name: 'shop', namespace: 'shop' }).kind).toBe(
      'denied',
    )
    expect(
      decide(serverTool('kubectl_delete'), {
        resourceType: 'pod',
        labelSelector: 'a=b',
        namespace: 'shop',
        allNamespaces: true,
      }).kind,
    ).toBe('denied')
    expect(decide(serverTool('node_management'), { operation: 'cordon', nodeName: 'n' }).kind).toBe('denied')
    expect(decide(serverTool('pods_list'), {}).kind).toBe('read')
  })

  it('keeps namespaces from being read', () => {
    const { decide } = policy('namespaces: {deny: [payments]}')
    expect(decide(serverTool('pods_list_in_namespace'), { namespace: 'payments' }).kind).toBe('denied')
    expect(decide(serverTool('pods_list_in_namespace'), { namespace: 'shop' }).kind).toBe('read')
    expect(decide(serverTool('pods_list'), {})).toMatchObject({
      reason: { text: expect.stringContaining('Name one namespace') },
    })
    expect(decide(serverTool('pods_top'), { namespace: 'shop' }).kind).toBe('denied')
    expect(decide(serverTool('pods_top'), { namespace: 'shop', all_namespaces: false }).kind).toBe('read')
    expect(decide(serverTool('namespaces_list'), {}).kind).toBe('read')
    expect(decide(serverTool('nodes_top'), {}).kind).toBe('read')
    expect(decide(serverTool('nodes_stats_summary'), { name: 'n' }).kind).toBe('denied')
    expect(decide(serverTool('resources_get'), { apiVersion: 'v1', kind: 'Namespace', name: 'payments' }).kind).toBe(
      'denied',
    )
    expect(decide(serverTool('resources_list'), { apiVersion: 'v1', kind: 'Node' }).kind).toBe('read')
    expect(decide(serverTool('explain_resource'), { resource: 'pods' }).kind).toBe('read')
  })

  it.each(['ConfigMap', 'configmaps'])('keeps kinds from being touched: %s', (kind) => {
    const { decide } = policy(`kinds: {deny: [${kind}, Pod]}`)
    for (const resourceType of ['configmaps', 'cm', 'ConfigMap', 'configmap/x', 'services,cm'])
      expect(decide(serverTool('kubectl_get'), { resourceType, namespace: 'shop' }).kind).toBe('denied')
    expect(decide(serverTool('resources_create_or_update'), { resource: 'kind: ConfigMap' }).kind).toBe('denied')
    expect(decide(serverTool('pods_list'), {}).kind).toBe('denied')
    expect(decide(serverTool('explain_resource'), { resource: 'configmap' }).kind).toBe('read')
  })

  it('may be empty', () => {
    expect(parsePolicyRules('')).toEqual({})
    expect(parsePolicyRules('# nothing yet\n')).toEqual({})
  })

  it.each([
    ['tools:\n  a: [', 2, /./],
    ['tools:\n  kubectl_get: maybe\n', 2, /tools\.kubectl_get/],
    ['tool: {}\n', 1, /tool: is not known/],
    ['tools: {}\nnamespaces:\n  write: [a]\n', 3, /namespaces\.write: is not known/],
    ['namespaces:\n  writes: shop\n', 2, /namespaces\.writes/],
    ['kinds:\n  deny:\n  - "a b"\n', 3, /kinds\.deny\.0/],
    ['- a\n', 1, /the file/],
    ['tools:\n  kubectl_apply: read\n', 2, /changes the cluster/],
    ['tools:\n  kubectl_generic: write\n', 2, /can only be denied/],
    ['clusters:\n  writes: ["a b"]\n', 2, /clusters\.writes/],
    ['tools:\n  pods_list: read\n  configuration_view: write\n', 3, /credentials/],
    ['tools:\n  kubectl_context: write\n', 2, /context/],
    ['tools:\n  pods_exec: read\n', 2, /denied or write/],
    ['tools:\n  a: read\n  a: write\n', 3, /unique/],
  ])('is refused if it is invalid: %j', (text, line, words) => {
    expect(() => parsePolicyRules(text)).toThrow(expect.objectContaining({ name: 'YamlFileError', line }))
    expect(() => parsePolicyRules(text)).toThrow(words)
  })
})

describe('a rule for a tool', () => {
  const missing = (text: string) => missingRuleTool(parsePolicyRules(text))

  it('that no server offers is an error that names what replaced it', () => {
    expect(missing('tools: {pods_list: denied}')).toBe(
      'tools.pods_list: no MCP server in use offers this tool. Name kubectl_get instead.',
    )
    expect(missing('tools: {pods_log: write}')).toContain('Name kubectl_logs instead.')
    expect(missing('tools: {resources_create_or_update: denied}')).toContain('Name kubectl_apply instead.')
    expect(missing('tools: {install_helm_chart: denied}')).toMatch(/Its tools are: kubectl_get, .*helm_uninstall/)
    expect(missing('tools: {inventory_list: read}')).toContain('tools.inventory_list')
  })

  it('that there is is fine', () => {
    expect(missing('tools: {kubectl_logs: denied, kubectl_delete: denied, helm_list: write}')).toBeUndefined()
    expect(missing('namespaces: {deny: [payments]}')).toBeUndefined()
  })
})
