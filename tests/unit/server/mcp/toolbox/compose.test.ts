import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../../../server/agent/policy'
import { offerTools } from '../../../../../server/agent/tool-offer'
import { composeToolboxes } from '../../../../../server/mcp/toolbox/compose'
import type { ServerId } from '../../../../../server/mcp/servers'
import { ask, callTools, say, scriptedModel, scriptedToolbox, toolEntry } from '../../../../support/agent/scripted'
import { serverTool } from '../../../../support/brands'

const { signal } = new AbortController()

function toolbox(server: ServerId, ...names: string[]) {
  const entries = names.map((name) => ({ ...toolEntry(name), server }))
  return scriptedToolbox(Object.fromEntries(names.map((name) => [name, `${server} ${name}`])), entries)
}

function both() {
  const own = toolbox('k8s-ai-assistant-mcp', 'kubectl_get', 'helm_install', 'helm_list')
  const other = toolbox('kubernetes-mcp-server', 'helm_install', 'helm_uninstall', 'helm_list', 'pods_delete')
  return { own, other, composed: composeToolboxes(own, other, new Set(['helm_install', 'helm_uninstall'])) }
}

const offered = (mode: 'approve' | 'read-only') =>
  offerTools(both().composed.tools(), 32_768, createPolicy({ mode })).tools.map(({ name }) => name)

describe('two MCP servers as one toolbox', () => {
  it('offers ours, and the chosen tools of the other server', () => {
    expect(offered('approve')).toEqual(['kubectl_get', 'helm_list', 'helm_install', 'helm_uninstall'])
    expect(offered('read-only')).toEqual(['kubectl_get', 'helm_list'])
  })

  it('calls each tool on its own server', async () => {
    const { composed, own, other } = both()
    for (const name of ['kubectl_get', 'helm_list', 'helm_install'])
      await composed.call(serverTool(name), {}, { signal })
    expect(own.calls.map(({ name }) => name)).toEqual(['kubectl_get', 'helm_list'])
    expect(other.calls.map(({ name }) => name)).toEqual(['helm_install'])
  })

  it('offers our own tool while the other server has none', () => {
    const { own } = both()
    const composed = composeToolboxes(own, scriptedToolbox({}), new Set(['helm_install']))
    expect(composed.tools().map(({ server }) => server)).toEqual(own.tools().map(({ server }) => server))
  })

  it('names our tool for a call of one that is not there', async () => {
    const model = scriptedModel(callTools(['pods_list', {}]), say('done'), say('done'))
    const { results } = await ask('show pods', { model, toolbox: both().composed })
    expect(results[0]).toMatchObject({
      status: 'error',
      forModel: expect.stringContaining('Call kubectl_get instead.'),
    })
  })
})
