import { describe, expect, it } from 'vitest'
import { estimateTokens } from '../../../shared/results/tokens'
import { presentResult } from '../../../server/results'
import { toolDataSchema } from '../../../shared/result'
import type { ToolData } from '../../../shared/result'

const about = {
  cluster: { server: 'https://10.0.0.1:6443', name: 'staging', context: 'staging', user: 'dev' },
  asOf: '2026-11-29T18:42:07Z',
}
const coverage = { scope: 'cluster' as const, shown: 1, total: 1, complete: true, notes: [] }
const TOKEN = 'ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'

function present(data: ToolData, options: { isError?: boolean; maxTokens?: number } = {}) {
  const { isError = false, maxTokens = 4000 } = options
  const raw = {
    isError,
    texts: ['a short text for other clients'],
    structuredContent: data,
    isStructured: true as const,
  }
  return presentResult({ tool: 'kubectl_get', arguments: {}, raw, maxTokens })
}

const table = (rows: string[][], columns = ['NAMESPACE', 'NAME', 'STATUS']): ToolData => ({
  kind: 'table',
  columns,
  rows,
  verdicts: rows.map(() => 'ok'),
  ...about,
  coverage: { ...coverage, shown: rows.length, total: rows.length },
})

describe('a structured result of our own MCP server', () => {
  it('reaches the page as it is, with cluster, time and coverage', async () => {
    const data = table([['shop', 'web', 'Running']])
    const { status, forPerson, forModel } = await present(data)
    expect(status).toBe('ok')
    expect(forPerson).toEqual(data)
    expect(forModel).toContain('web')
  })

  it('is redacted in every text of any kind', async () => {
    const note = { code: 'some-note', params: { what: TOKEN, many: 3 }, text: `seen: ${TOKEN}` }
    const told = { ...about, cluster: { ...about.cluster, user: TOKEN }, coverage: { ...coverage, notes: [note] } }
    const parts: ToolData[] = [
      {
        kind: 'table',
        columns: ['NAME'],
        rows: [[TOKEN]],
        reasons: { 0: `pulled with ${TOKEN}` },
        counts: [{ by: 'image', values: [[TOKEN, 1]] }],
        ...told,
      },
      {
        kind: 'log',
        text: `login with ${TOKEN}`,
        pod: TOKEN,
        state: TOKEN,
        others: [{ name: TOKEN, init: false, state: TOKEN }],
        ...told,
      },
      {
        kind: 'object',
        object: { kind: 'Pod', apiVersion: 'v1', name: TOKEN },
        reason: TOKEN,
        sections: [
          {
            title: TOKEN,
            columns: ['KEY', 'VALUE'],
            rows: [
              ['DB_PASSWORD', 'correct-horse'],
              ['x', TOKEN],
            ],
          },
          { title: 'Text', text: TOKEN },
        ],
        yaml: `token: ${TOKEN}`,
        ...told,
      },
      { kind: 'text', text: TOKEN, code: 'not-found', params: { name: TOKEN }, ...told },
    ]
    for (const part of parts) {
      const { forModel, forPerson } = await present(part)
      expect(JSON.stringify(forPerson), part.kind).not.toContain(TOKEN)
      expect(JSON.stringify(forPerson), part.kind).not.toContain('correct-horse')
      expect(forModel, part.kind).not.toContain(TOKEN)
      expect(toolDataSchema.safeParse(forPerson).success, part.kind).toBe(true)
    }
  })

  it('keeps the name in a column SECRET, and not a credential there', async () => {
    const { forPerson } = await present(table([['web-tls', 'aB3dE5fG7hI9jK1lM3nO5pQ7']], ['SECRET', 'TOKEN']))
    expect(forPerson).toMatchObject({ rows: [['web-tls', '<redacted>']] })
  })

  it('of a failed call is an error with its code', async () => {
    const data: ToolData = { kind: 'text', text: 'There is no Pod web.', code: 'not-found', params: {}, ...about }
    const result = await present(data, { isError: true })
    expect(result).toMatchObject({
      status: 'error',
      forModel: 'There is no Pod web.',
      forPerson: { code: 'not-found' },
    })
  })

  it('costs the model about 1,200 tokens at most, and never more than the window has room for', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => [`ns-${at % 40}`, `pod-${at}`, 'Running'])
    expect(estimateTokens((await present(table(rows), { maxTokens: 30_000 })).forModel)).toBeLessThanOrEqual(1200)
    expect(estimateTokens((await present(table(rows), { maxTokens: 300 })).forModel)).toBeLessThanOrEqual(300)
  })

  it('lets others run while 60,000 rows are redacted', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => [`ns-${at % 40}`, `pod-${at}-x7k2p`, `Running ${at}`])
    let turns = 0
    let isDone = false
    const count = () => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await present(table(rows))
    isDone = true
    expect(turns).toBeGreaterThan(1)
  })

  it('without its structure is read as text', async () => {
    const raw = { isError: true, texts: ['MCP error -32001: Request timed out'], isStructured: true as const }
    const result = await presentResult({ tool: 'kubectl_get', arguments: {}, raw, maxTokens: 300 })
    expect(result).toMatchObject({ status: 'error', forPerson: { kind: 'text', text: 'Request timed out' } })
  })
})
