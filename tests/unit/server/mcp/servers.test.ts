import { describe, expect, it } from 'vitest'
import { readTools } from '../../../../mcp/tools'
import { changeTools } from '../../../../mcp/tools/change-tools'
import { createPolicy, withDefaults } from '../../../../server/agent/policy'
import { knownTool, OWN_SERVER, recognise } from '../../../../server/mcp/servers'
import { serverTool } from '../../../support/brands'

const approve = createPolicy({ mode: 'approve' })
const own = (tool: string, args: Record<string, unknown>) =>
  approve.decide(serverTool(tool), args, undefined, OWN_SERVER)

describe('the known MCP servers', () => {
  it('are recognised by the name that they give', () => {
    expect(recognise('k8s-ai-assistant-mcp', [])).toBe('k8s-ai-assistant-mcp')
    expect(recognise('kubernetes-mcp-server', ['anything'])).toBe('kubernetes-mcp-server')
    expect(recognise('kubernetes', [])).toBe('mcp-server-kubernetes')
  })

  it('are recognised by their tools under another name, and not by some of them', () => {
    expect(recognise('a-fork', ['pods_list', 'pods_log'])).toBe('kubernetes-mcp-server')
    expect(recognise('a-fork', ['kubectl_get', 'kubectl_apply'])).toBe('mcp-server-kubernetes')
    expect(recognise('a-fork', ['pods_list', 'delete_everything'])).toBeUndefined()
    expect(recognise('a-fork', [])).toBeUndefined()
  })

  it('tell tools of one name apart', () => {
    expect(own('kubectl_rollout', { action: 'status', name: 'web' })).toEqual({ kind: 'read' })
    expect(approve.decide(serverTool('kubectl_rollout'), { action: 'status', name: 'web' }).kind).toBe('write')
    expect(withDefaults(serverTool('kubectl_get'), { resource: 'pods' }, OWN_SERVER)).toEqual({ resource: 'pods' })
    expect(withDefaults(serverTool('kubectl_get'), { resource: 'pods' })).toMatchObject({ output: 'wide' })
  })

  it('have only tools that are known: all others are writes', () => {
    expect(own('pods_list', {}).kind).toBe('write')
    expect(own('toString', {}).kind).toBe('write')
    expect(own('pods_exec', {}).kind).toBe('denied')
  })

  it('name the tool of our own server that does the same', () => {
    expect(knownTool(serverTool('pods_list'))?.replacedBy).toBe('kubectl_get')
    expect(knownTool(serverTool('pods_log'))?.replacedBy).toBe('kubectl_logs')
  })
})

describe('our own MCP server', () => {
  it('has only tools whose effect is known: those that read run without an approval', () => {
    const reads = readTools.map(({ name }) => name).filter((name) => name !== 'kubectl_rollout')
    for (const name of reads) expect(own(name, {}), name).toEqual({ kind: 'read' })
    for (const { name } of changeTools({})) expect(knownTool(serverTool(name), OWN_SERVER), name).toBeDefined()
  })

  it.each<[string, Record<string, unknown>]>([
    ['kubectl_get', { resource: 'secrets' }],
    ['kubectl_get', { resource: 'v1/Secret', allNamespaces: true }],
    ['kubectl_describe', { name: 'secret/gateway', namespace: 'shop' }],
    ['kubectl_events', { resource: 'secret', name: 'gateway' }],
    ['kubectl_get', { resource: 'pods', context: 'production' }],
    ['kubectl_logs', { name: 'web', kubeconfig: '/tmp/x' }],
  ])('is not asked %s %j', (tool, args) => {
    expect(own(tool, args).kind).toBe('denied')
  })

  it.each<[string, Record<string, unknown>]>([
    ['kubectl_get', { resource: 'deploy/web', namespace: 'all', name: null, limit: '5' }],
    ['kubectl_logs', { name: 'web-0', search: '-- error --previous' }],
    ['kubectl_get', { resource: 'external-secrets.io/v1/ExternalSecret' }],
    ['kubectl_explain', { resource: 'secret', field: 'data' }],
    ['helm_values', { name: 'cart', namespace: 'shop' }],
  ])('is asked %s %j, and checks names itself', (tool, args) => {
    expect(own(tool, args)).toEqual({ kind: 'read' })
  })

  it('keeps the namespaces that the operator has excluded', () => {
    const policy = createPolicy({ mode: 'read-only', rules: { namespaces: { deny: ['payments'] } } })
    const decide = (args: Record<string, unknown>) =>
      policy.decide(serverTool('kubectl_get'), args, undefined, OWN_SERVER).kind
    expect(decide({ resource: 'pods', namespace: 'payments' })).toBe('denied')
    expect(decide({ resource: 'pods', allNamespaces: true })).toBe('denied')
    expect(decide({ resource: 'pods', namespace: 'all' })).toBe('denied')
    expect(decide({ resource: 'pods', namespace: 'shop' })).toBe('read')
    expect(decide({ resource: 'nodes' })).toBe('read')
  })
})
