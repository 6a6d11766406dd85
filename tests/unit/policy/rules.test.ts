import { describe, expect, it } from 'vitest'
import { createPolicy, missingRuleTool, parsePolicyRules } from '../../../server/agent/policy'

const policy = (text: string, mode: 'approve' | 'read-only' = 'approve') =>
  createPolicy({ mode, rules: parsePolicyRules(text) })

describe("the operator's file", () => {
  it('says what a tool is', () => {
    const { decide, isOffered } = policy(
      'tools: {kubectl_apply: denied, pods_list: write, pods_exec: write, other_list: read, kubectl_generic: write}',
    )
    expect(decide('kubectl_apply', { manifest: 'kind: Pod' })).toMatchObject({
      reason: expect.stringContaining('operator'),
    })
    expect(isOffered('kubectl_apply')).toBe(false)
    expect(decide('pods_list', {}).kind).toBe('write')
    expect(decide('pods_exec', { name: 'web', command: ['ls', '-l'] }).kind).toBe('write')
    expect(decide('other_list', { kind: 'Pod' })).toEqual({ kind: 'read' })
    expect(decide('other_list', { kind: 'Secret' }).kind).toBe('denied')
    expect(decide('other_list', {}, { destructiveHint: true }).kind).toBe('write')
    expect(decide('kubectl_generic', { command: 'get', resourceType: 'pods' }).kind).toBe('write')
    expect(decide('kubectl_generic', { command: 'exec', args: ['web'] }).kind).toBe('denied')
    expect(decide('toString', {}).kind).toBe('write')
  })

  it('keeps writes inside namespaces', () => {
    const { decide } = policy('namespaces: {writes: [shop, cart]}')
    const scale = (namespace?: string) =>
      decide('kubectl_scale', { name: 'web', replicas: 1, ...(namespace && { namespace }) })
    expect(scale('shop').kind).toBe('write')
    expect(scale('payments').kind).toBe('denied')
    expect(scale().kind).toBe('denied')
    const update = (resource: string) => decide('resources_create_or_update', { resource }).kind
    expect(update('kind: Pod\nmetadata: {name: a, namespace: shop}')).toBe('write')
    expect(update('kind: Pod\nmetadata: {name: a, namespace: payments}')).toBe('denied')
    expect(update('kind: Pod\nmetadata: {name: a}')).toBe('denied')
    expect(update('kind: ClusterRoleBinding\nmetadata: {name: a, namespace: shop}')).toBe('denied')
    expect(
      update('kind: List\nitems: [{kind: Pod, metadata: {namespace: shop}}, {kind: Pod, metadata: {namespace: x}}]'),
    ).toBe('denied')
    expect(decide('kubectl_apply', { manifest: 'kind: Pod', namespace: 'shop' }).kind).toBe('write')
    expect(decide('kubectl_delete', { resourceType: 'ns', name: 'shop', namespace: 'shop' }).kind).toBe('denied')
    expect(
      decide('kubectl_delete', { resourceType: 'pod', labelSelector: 'a=b', namespace: 'shop', allNamespaces: true })
        .kind,
    ).toBe('denied')
    expect(decide('node_management', { operation: 'cordon', nodeName: 'n' }).kind).toBe('denied')
    const generic = (...args: string[]) => decide('kubectl_generic', { command: 'delete', args }).kind
    expect(generic('pod', 'web', '-n', 'cart')).toBe('write')
    expect(generic('pod', 'web')).toBe('denied')
    expect(generic('pod', '-l', 'a=b', '-A')).toBe('denied')
    expect(generic('node', 'n', '-n', 'cart')).toBe('denied')
    expect(decide('pods_list', {}).kind).toBe('read')
  })

  it('keeps namespaces from being read', () => {
    const { decide } = policy('namespaces: {deny: [payments]}')
    expect(decide('pods_list_in_namespace', { namespace: 'payments' }).kind).toBe('denied')
    expect(decide('pods_list_in_namespace', { namespace: 'shop' }).kind).toBe('read')
    expect(decide('pods_list', {})).toMatchObject({ reason: expect.stringContaining('Name one namespace') })
    expect(decide('pods_top', { namespace: 'shop' }).kind).toBe('denied')
    expect(decide('pods_top', { namespace: 'shop', all_namespaces: false }).kind).toBe('read')
    expect(decide('namespaces_list', {}).kind).toBe('read')
    expect(decide('nodes_top', {}).kind).toBe('read')
    expect(decide('nodes_stats_summary', { name: 'n' }).kind).toBe('denied')
    expect(decide('resources_get', { apiVersion: 'v1', kind: 'Namespace', name: 'payments' }).kind).toBe('denied')
    expect(decide('resources_list', { apiVersion: 'v1', kind: 'Node' }).kind).toBe('read')
    expect(decide('explain_resource', { resource: 'pods' }).kind).toBe('read')
    const get = (...args: string[]) => decide('kubectl_generic', { command: 'get', args }).kind
    expect(get('pods', '-n', 'shop')).toBe('read')
    expect(get('pods', '-n', 'payments')).toBe('denied')
    expect(get('pods', '-A')).toBe('denied')
    expect(get('nodes')).toBe('read')
  })

  it.each(['ConfigMap', 'configmaps'])('keeps kinds from being touched: %s', (kind) => {
    const { decide } = policy(`kinds: {deny: [${kind}, Pod]}`)
    for (const resourceType of ['configmaps', 'cm', 'ConfigMap', 'configmap/x', 'services,cm'])
      expect(decide('kubectl_get', { resourceType, namespace: 'shop' }).kind).toBe('denied')
    expect(decide('kubectl_generic', { command: 'get', resourceType: 'cm', name: 'x' }).kind).toBe('denied')
    expect(decide('kubectl_generic', { command: 'logs', name: 'web' }).kind).toBe('denied')
    expect(decide('resources_create_or_update', { resource: 'kind: ConfigMap' }).kind).toBe('denied')
    expect(decide('pods_list', {}).kind).toBe('denied')
    expect(decide('explain_resource', { resource: 'configmap' }).kind).toBe('read')
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
    ['tools:\n  kubectl_generic: read\n', 2, /changes the cluster/],
    ['tools:\n  pods_list: read\n  configuration_view: write\n', 3, /credentials/],
    ['tools:\n  kubectl_context: write\n', 2, /context/],
    ['tools:\n  pods_exec: read\n', 2, /denied or write/],
    ['tools:\n  a: read\n  a: write\n', 3, /unique/],
  ])('is refused where it is wrong: %j', (text, line, words) => {
    expect(() => parsePolicyRules(text)).toThrow(expect.objectContaining({ name: 'PolicyRulesError', line }))
    expect(() => parsePolicyRules(text)).toThrow(words)
  })
})

describe('a rule for a tool', () => {
  const servers = { reads: 'k8s-ai-assistant-mcp', changes: 'kubernetes-mcp-server' } as const
  const missing = (text: string) => missingRuleTool(parsePolicyRules(text), servers)

  it('that no server offers is an error that names what replaced it', () => {
    expect(missing('tools: {pods_list: denied}')).toBe(
      'tools.pods_list: no MCP server in use offers this tool. Name kubectl_get instead.',
    )
    expect(missing('tools: {pods_log: write}')).toContain('Name kubectl_logs instead.')
    expect(missing('tools: {kubectl_apply: denied}')).toMatch(
      /Its tools are: kubectl_get, .*resources_create_or_update/,
    )
    expect(missing('tools: {inventory_list: read}')).toContain('tools.inventory_list')
  })

  it('that one of them offers is fine', () => {
    expect(
      missing('tools: {kubectl_logs: denied, pods_run: denied, pods_exec: write, helm_list: write}'),
    ).toBeUndefined()
    expect(missing('namespaces: {deny: [payments]}')).toBeUndefined()
  })
})
