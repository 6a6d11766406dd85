import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'
import { offerTools } from '../../../server/agent/tool-offer'
import { composeToolboxes } from '../../../server/mcp/compose'
import { ownRead } from '../../../server/mcp/servers'
import type { ServerId } from '../../../server/mcp/servers'
import { ask, callTools, say, scriptedModel, scriptedToolbox, toolEntry } from '../../support/agent/scripted'

const { signal } = new AbortController()

function toolbox(server: ServerId, ...names: string[]) {
  const entries = names.map((name) => ({ ...toolEntry(name), server }))
  return scriptedToolbox(Object.fromEntries(names.map((name) => [name, `${server} ${name}`])), entries)
}

function both() {
  const reads = toolbox('k8s-ai-assistant-mcp', 'kubectl_get', 'kubectl_rollout', 'helm_list')
  const changes = toolbox(
    'kubernetes-mcp-server',
    'pods_list',
    'helm_list',
    'pods_delete',
    'resources_scale',
    'a_new_tool',
  )
  return { reads, changes, composed: composeToolboxes(reads, changes) }
}

const offered = (mode: 'approve' | 'read-only') =>
  offerTools(both().composed.tools(), 32_768, createPolicy({ mode })).tools.map(({ name }) => name)

describe('two MCP servers as one toolbox', () => {
  it('offers our reads, and of the other server what writes', () => {
    expect(offered('approve')).toEqual([
      'kubectl_get',
      'kubectl_rollout',
      'helm_list',
      'pods_delete',
      'resources_scale',
      'a_new_tool',
    ])
    expect(offered('read-only')).toEqual(['kubectl_get', 'kubectl_rollout', 'helm_list'])
  })

  it('calls each tool on its own server, and a shared name on ours', async () => {
    const { composed, reads, changes } = both()
    for (const name of ['kubectl_get', 'helm_list', 'pods_list', 'pods_delete'])
      await composed.call(name, {}, { signal })
    expect(reads.calls.map(({ name }) => name)).toEqual(['kubectl_get', 'helm_list'])
    expect(changes.calls.map(({ name }) => name)).toEqual(['pods_list', 'pods_delete'])
  })

  it('does not let the model call a hidden read, and names ours instead', async () => {
    const { composed, changes } = both()
    const model = scriptedModel(callTools(['pods_list', {}]), say('done'))
    const { results } = await ask('show pods', { model, toolbox: composed })
    expect(results[0]).toMatchObject({
      status: 'error',
      forModel: expect.stringContaining('Call kubectl_get instead.'),
    })
    expect(changes.calls).toEqual([])
  })

  it('tells the model that rollouts are not restarted, although our server has a tool of that name', async () => {
    const model = scriptedModel(say('done'))
    await ask('restart web', { model, toolbox: both().composed, policy: createPolicy({ mode: 'approve' }) })
    expect(model.requests[0]?.messages[0]?.content).toContain('restart, undo or pause rollouts')
  })
})

describe('a read after a change', () => {
  it('is made through our server', () => {
    const fieldSelector = 'metadata.name=web'
    expect(
      ownRead('resources_list', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', fieldSelector }),
    ).toEqual({
      tool: 'kubectl_get',
      arguments: { resource: 'apps/v1/Deployment', namespace: 'shop', fieldSelector },
    })
    expect(ownRead('resources_list', { apiVersion: 'v1', kind: 'Pod', fieldSelector })?.arguments).toEqual({
      resource: 'Pod',
      allNamespaces: true,
      fieldSelector,
    })
    expect(ownRead('kubectl_get', { resourceType: 'pods' })).toBeUndefined()
  })
})
