import { describe, expect, it } from 'vitest'
import { estimateTools } from '../../../server/agent/budget/estimate'
import { createPolicy } from '../../../server/agent/policy'
import { systemPrompt } from '../../../server/agent/prompt'
import { offerTools } from '../../../server/agent/tool-offer'
import type { ModelMessage } from '../../../server/model/types'
import { withFind } from '../../../server/mcp/toolbox/with-find'
import { TestConversation } from '../../support/agent/conversation'
import { ask, callTools, say, scriptedModel, scriptedToolbox, toolEntry } from '../../support/agent/scripted'
import { stepTokens } from '../../support/tokens/count'
import { ownTools } from '../../support/tokens/own-tools'
import { TokenMeter } from '../../../server/agent/budget'

const readOnly = createPolicy({ mode: 'read-only' })
const plan = createPolicy({ mode: 'read-only', plansChanges: true })
const approve = createPolicy({ mode: 'approve', plansChanges: true })

const own = (changes: boolean) => withFind(scriptedToolbox({}, ownTools({ changes }))).tools()
const namesOf = ({ tools }: { tools: { name: string }[] }) => tools.map(({ name }) => name)
const moreTools = (group: string): ModelMessage => {
  const call = { id: 'call_1', name: 'more_tools', arguments: JSON.stringify({ group }) }
  return { role: 'assistant', content: '', toolCalls: [call] }
}

describe('the offer of tools', () => {
  it.each([4096, 8192, 32_768])('allows to scale, apply, delete and read logs in a window of %d', (windowTokens) => {
    const names = namesOf(offerTools(own(true), windowTokens, approve))
    expect(names).toEqual(expect.arrayContaining(['kubectl_get', 'kubectl_logs', 'find']))
    expect(names).toEqual(expect.arrayContaining(['kubectl_scale', 'kubectl_apply', 'kubectl_delete']))
  })

  it.each([
    ['read-only', readOnly, false, 32_768, 1100],
    ['read-only with plans', plan, true, 32_768, 1300],
    ['approve', approve, true, 32_768, 1600],
    ['approve in a small window', approve, true, 4096, 1300],
  ] as const)('costs a first prompt of few tokens: %s', (_, policy, changes, windowTokens, most) => {
    const { tools } = offerTools(own(changes), windowTokens, policy)
    const system = systemPrompt({ name: 'staging', context: 'staging' }, policy.plansChanges ? 'plan' : policy.mode)
    const question: ModelMessage = { role: 'user', content: 'Show me all pods' }
    expect(stepTokens({ messages: [{ role: 'system', content: system }, question], tools })).toBeLessThanOrEqual(most)
  })

  it('is all tools where there is room', () => {
    const names = namesOf(offerTools(own(false), 8192, readOnly))
    expect(names).toEqual(expect.arrayContaining(['kubectl_explain', 'helm_list', 'helm_history']))
    expect(names).not.toContain('more_tools')
  })

  it('has the everyday changes in a large window, and the others behind more_tools, without a notice', () => {
    const offer = offerTools(own(true), 32_768, approve)
    expect(namesOf(offer)).toEqual(expect.arrayContaining(['kubectl_set', 'kubectl_patch', 'kubectl_rollout']))
    expect(namesOf(offer)).not.toContain('kubectl_drain')
    expect(namesOf(offer)).toContain('more_tools')
    expect(offer.isCut).toBe(false)
  })

  it.each([4096, 32_768])('shortens and estimates each tool of another server once: window of %d', (windowTokens) => {
    const entries = [toolEntry('pods_list', 'Lists pods. Of all namespaces.')]
    const [first] = offerTools(entries, windowTokens, readOnly).tools
    expect(first?.description).toBe('Lists pods.')
    expect(offerTools(entries, windowTokens, readOnly).tools[0]).toBe(first)
  })

  it('adds a group that the conversation asked for, at the end', () => {
    const before = namesOf(offerTools(own(true), 4096, approve))
    expect(before).not.toContain('kubectl_drain')
    const after = namesOf(offerTools(own(true), 4096, approve, [moreTools('nodes')]))
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.slice(before.length)).toEqual(['kubectl_cordon', 'kubectl_drain'])
    expect(namesOf(offerTools(own(true), 4096, approve, [moreTools('nothing'), moreTools('Nodes ')]))).toEqual(after)
  })

  it('names every tool that is not in it', () => {
    const { tools } = offerTools(own(true), 4096, approve)
    const more = tools.find(({ name }) => name === 'more_tools')?.description ?? ''
    const missing = own(true).filter(({ model }) => !tools.some(({ name }) => name === model.name))
    expect(missing.length).toBeGreaterThan(3)
    for (const { name } of missing) expect(more).toContain(name.replace(/^(kubectl|helm)_/, ''))
  })

  it('is the same for every question of a conversation', async () => {
    const steps = [
      callTools(['more_tools', { group: 'nodes' }]),
      say('Hello.'),
      say('Hello.'),
      say('Hello again.'),
      say('Bye.'),
    ]
    const model = scriptedModel(...steps)
    const toolbox = withFind(scriptedToolbox({}, ownTools({ changes: true })))
    const deps = { model, meter: new TokenMeter(), windowTokens: 4096, policy: approve, toolbox }
    const conversation = new TestConversation(deps)
    const first = await conversation.ask('Drain worker-1')
    for (const question of ['Hello', 'Bye']) await conversation.ask(question)
    expect(first.results[0]).toMatchObject({ status: 'ok', forModel: expect.stringContaining('can be called now') })
    const lists = model.requests.map((request) => namesOf(request))
    expect(lists[0]).not.toContain('kubectl_drain')
    for (const list of lists.slice(1)) expect(list).toEqual([...(lists[0] ?? []), 'kubectl_cordon', 'kubectl_drain'])
  })

  it('leaves out what cannot work on this cluster', () => {
    const entries = own(true).map((entry) =>
      entry.name.startsWith('helm_') ? { ...entry, unavailable: 'helm is not installed' } : entry,
    )
    expect(namesOf(offerTools(entries, 32_768, approve)).filter((name) => name.startsWith('helm_'))).toEqual([])
  })

  it('leaves out writes and denied tools', () => {
    const entries = ['kubectl_apply', 'configuration_view', 'pods_list'].map((name) => toolEntry(name))
    expect(namesOf(offerTools(entries, 32_768, readOnly))).toEqual(['pods_list'])
  })

  it('has short descriptions of the tools of any other server', () => {
    const wordy = toolEntry('pods_list', `What it does. ${'It does a great deal more than that. '.repeat(30)}`)
    const [tool] = offerTools([wordy], 131_072, readOnly).tools
    expect(tool?.description).toBe('What it does.')
  })

  it('keeps the most used tools within a share of a small window', () => {
    const names = ['nodes_top', 'pods_top', 'nodes_log', 'pods_list', 'events_list', 'resources_list', 'pods_log']
    const entries = names.map((name) => toolEntry(name, `What ${name} does in a sentence of a few words more.`))
    const { tools } = offerTools(entries, 700, readOnly)
    expect(tools[0]?.name).toBe('pods_list')
    expect(tools.at(-1)?.name).toBe('more_tools')
    expect(estimateTools(tools.slice(0, -1))).toBeLessThanOrEqual(700 * 0.2)
  })

  it('says which OLLAMA_CONTEXT_LENGTH to set in a small window', async () => {
    const toolbox = scriptedToolbox({}, ownTools({ changes: true }))
    const small = await ask('hello', { model: scriptedModel(say('Hi')), windowTokens: 4096, toolbox, policy: approve })
    expect(small.notices[0]).toMatch(/4096 tokens.*OLLAMA_CONTEXT_LENGTH=16384/)
    const large = await ask('hello', {
      model: scriptedModel(say('Hi')),
      windowTokens: 32_768,
      toolbox,
      policy: approve,
    })
    expect(large.notices).toEqual([])
  })
})
