/** Large results of our own MCP server in a small window, counted with gpt-oss's own vocabulary. */
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { RequestFitter, resultTokens, TokenMeter } from '../../../../server/agent/budget'
import type { ModelMessage, ModelTool } from '../../../../server/model/types'
import { presentResult } from '../../../../server/results'
import { readTools } from '../../../../mcp/tools'
import type { ToolData } from '../../../../shared/result'
import { modelTool } from '../../../support/brands'

const WINDOW = 8192
const cluster = { server: 'https://10.0.0.1:6443', name: 'staging', context: 'staging' }
const common = { cluster, asOf: '2026-11-29T12:00:00Z' }
const complete = (total: number) => ({ scope: 'cluster' as const, shown: total, total, complete: true, notes: [] })

/** Most wait, in a namespace that sorts first; one fails in the last. */
const pods: ToolData = {
  kind: 'table',
  columns: ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE'],
  rows: Array.from({ length: 5060 }, (_, at) =>
    at === 5059
      ? ['zz-shop', 'cart-0', '0/1', 'CrashLoopBackOff', '12 (2m ago)', '3d', '10.1.2.3', 'worker-1']
      : [`ns-${Math.floor(at / 600)}`, `job-${at}-x7k2p`, '0/1', 'Pending', '0', '30s', '<none>', '<none>'],
  ),
  wide: [6, 7],
  verdicts: Array.from({ length: 5060 }, (_, at) => (at === 5059 ? 'bad' : 'waiting')),
  reasons: { '5059': 'CrashLoopBackOff' },
  coverage: complete(5060),
  ...common,
}

const events: ToolData = {
  kind: 'table',
  columns: ['NAMESPACE', 'LAST SEEN', 'COUNT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
  rows: Array.from({ length: 1200 }, (_, at) => [
    `ns-${at % 9}`,
    `${at}s`,
    '3',
    at === 700 ? 'Warning' : 'Normal',
    at === 700 ? 'FailedMount' : 'Pulled',
    `Pod/web-${at}`,
    at === 700 ? 'secret "web-tls" not found' : 'Container image "nginx:1.29" already present on machine',
  ]),
  coverage: complete(1200),
  ...common,
}

async function forModel(tool: string, data: ToolData): Promise<string> {
  const raw = { isError: false, texts: ['short'], structuredContent: data, isStructured: true as const }
  return (await presentResult({ tool, arguments: { resource: 'pods' }, raw, maxTokens: resultTokens(WINDOW) })).forModel
}

describe('two large lists in one turn', () => {
  it('fit into the window by the true count, with the question (large-8)', async () => {
    const question = 'Why does the shop not work?'
    const texts = [await forModel('kubectl_get', pods), await forModel('kubectl_events', events)]
    const toolCalls = ['a', 'b'].map((id) => ({ id, name: 'kubectl_get', arguments: '{"resource":"pods"}' }))
    const history: ModelMessage[] = [
      { role: 'user', content: question },
      { role: 'assistant', content: '', toolCalls },
      ...texts.map((content, at): ModelMessage => ({
        role: 'tool',
        toolCallId: toolCalls[at]?.id ?? '',
        name: 'kubectl_get',
        content,
      })),
    ]
    const tools = readTools.map(({ name, description, properties }): ModelTool => {
      const listed = Object.entries(properties).map(([argument, schema]) => [argument, { ...schema }] as const)
      return {
        name: modelTool(name),
        description,
        parameters: { type: 'object', properties: Object.fromEntries(listed) },
      }
    })
    const beginning = { system: 'You answer questions about one cluster.', tools, windowTokens: WINDOW }
    const fitted = new RequestFitter(new TokenMeter()).fit(beginning, history, 0)
    if (!fitted) throw new Error('it does not fit')
    const prompt = JSON.stringify(fitted.messages) + JSON.stringify(tools)
    expect(encode(prompt).length + fitted.maxTokens).toBeLessThanOrEqual(WINDOW)
    expect(fitted.messages.some(({ content }) => content === question)).toBe(true)
    expect(texts[0]).toContain('cart-0')
    expect(texts[1]).toContain('web-tls')
    for (const text of texts) expect(encode(text).length).toBeLessThanOrEqual(1200)
  })

  it('name how many rows were left out, and which argument narrows them (coverage-9)', async () => {
    const text = await forModel('kubectl_get', pods)
    expect(text).toContain('5,060')
    expect(text).toMatch(/Shown: \d+ of 5,060 rows/)
    expect(text).toMatch(/namespace|labelSelector|countBy/)
  })
})
