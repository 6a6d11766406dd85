import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '../../../../shared/chat/ui-message'
import { toMarkdown } from '../../../../utils/export/markdown'
import { turnRecords } from '../../../../utils/export/records'

const table = {
  kind: 'table' as const,
  columns: ['NAME', 'STATUS'],
  rows: [
    ['cart-1', 'CrashLoopBackOff'],
    ['a|b', 'Running'],
  ],
  verdicts: ['bad' as const, 'ok' as const],
  reasons: { '0': 'restarted 5 times' },
  asOf: '2026-11-30T05:00:00Z',
}

const messages: AppUIMessage[] = [
  {
    id: 'q',
    role: 'user',
    parts: [{ type: 'text', text: 'Why does cart restart?' }],
    metadata: { asked: { time: '2026-11-30T12:00:00+07:00', zone: 'Asia/Ho_Chi_Minh' } },
  },
  {
    id: 'a',
    role: 'assistant',
    parts: [
      {
        type: 'dynamic-tool',
        toolName: 'kubectl_get',
        toolCallId: 'c',
        input: { resource: 'pods', namespace: 'shop' },
        state: 'output-available',
        output: { status: 'ok', text: 'for the model', durationMs: 12 },
      },
      { type: 'data-result', data: { toolCallId: 'c', result: table } },
      { type: 'text', text: '# Cause\n\nIt lacks its database.' },
    ],
    metadata: { model: 'gpt-oss:20b', finishedAt: Date.UTC(2026, 10, 30, 5, 0, 9) },
  },
]

const head = { title: 'Cart restarts', cluster: 'prod', exportedAt: '2026-11-30T06:00:00Z' }
const exported = () => toMarkdown(head, turnRecords(messages))

describe('toMarkdown', () => {
  it('has the question with its time, the command, the table with its time, and the answer', () => {
    const lines = exported().split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# Cart restarts',
        '- Cluster: prod',
        '## Why does cart restart?',
        'Asked: 2026-11-30T12:00:00+07:00',
        '### kubectl_get (ok, 12 ms)',
        'kubectl get pods -n shop',
        'As of 2026-11-30T05:00:00Z',
        '| NAME | STATUS | HEALTH |',
        '| cart-1 | CrashLoopBackOff | bad: restarted 5 times |',
        '### Answer (gpt-oss:20b, 2026-11-30T05:00:09.000Z)',
        '#### Cause',
      ]),
    )
  })

  it('keeps cells in their columns', () => {
    expect(exported()).toContain('| a\\|b | Running | ok |')
  })

  it('fences a log that has fences itself', () => {
    const log: AppUIMessage['parts'][number] = {
      type: 'data-result',
      data: { toolCallId: 'c', result: { kind: 'log', text: '```\n# not a heading\n```' } },
    }
    const [question, answer] = messages
    if (!question || !answer) throw new Error('no messages')
    const text = toMarkdown(head, turnRecords([question, { ...answer, parts: [...answer.parts.slice(0, 1), log] }]))
    expect(text).toContain('````\n```\n# not a heading\n```\n````')
  })

  it('records how a change was answered', () => {
    const declined: AppUIMessage['parts'][number] = {
      type: 'dynamic-tool',
      toolName: 'kubectl_scale',
      toolCallId: 'w',
      input: { name: 'web', replicas: 5 },
      state: 'output-available',
      output: { status: 'declined', text: 'Declined by the user: too late', durationMs: 0 },
    }
    const [question, answer] = messages
    if (!question || !answer) throw new Error('no messages')
    const [turn] = turnRecords([question, { ...answer, parts: [declined] }])
    expect(turn?.calls).toMatchObject([{ tool: 'kubectl_scale', status: 'declined', arguments: { replicas: 5 } }])
  })
})
