import { describe, expect, it } from 'vitest'
import type { ResultPart, ToolStatus } from '#shared/result'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { answerLayout } from '../../../../utils/chat/answerLayout'

type Part = AppUIMessage['parts'][number]

const table = (kind: string, ...verdicts: ('ok' | 'bad')[]): ResultPart => ({
  kind: 'table',
  columns: ['NAME'],
  rows: verdicts.map((_, index) => [`row-${index}`]),
  resource: { kind, group: '', version: 'v1', plural: `${kind.toLowerCase()}s`, namespaced: true },
  verdicts,
})
const text: ResultPart = { kind: 'text', text: 'there is no such namespace' }

function call(id: string, status: ToolStatus, result?: ResultPart): Part[] {
  const output = { status, text: 'for the model', durationMs: 5 }
  const part: Part = {
    type: 'dynamic-tool',
    toolName: 'kubectl_get',
    toolCallId: id,
    state: 'output-available',
    input: {},
    output,
  }
  return result ? [part, { type: 'data-result', data: { toolCallId: id, result } }] : [part]
}
const words = (content: string): Part => ({ type: 'text', text: content })
const thought = (content: string): Part => ({ type: 'reasoning', text: content })

function layoutOf(...parts: Part[]) {
  const { evidence, others, changes, ...rest } = answerLayout({ id: 'm', role: 'assistant', parts })
  const ids = (calls: typeof others) => calls.map(({ part }) => part.toolCallId)
  return { ...rest, evidence: evidence?.part.toolCallId, others: ids(others), changes: ids(changes) }
}

describe('the order of an answer', () => {
  it('takes the words of all steps, and folds the thoughts of earlier ones', () => {
    const { words: shown, thoughts } = layoutOf(
      thought('first'),
      words('I look.'),
      ...call('a', 'ok', table('Pod', 'ok')),
      thought('last'),
      words('All is well.'),
    )
    expect(shown.map(({ text: each }) => each)).toEqual(['I look.', 'last', 'All is well.'])
    expect(thoughts.map(({ text: each }) => each)).toEqual(['first'])
  })

  it('shows the newest list that has a problem, and folds the other reads', () => {
    const { evidence, others } = layoutOf(
      ...call('pods', 'ok', table('Pod', 'ok', 'bad')),
      ...call('nodes', 'ok', table('Node', 'ok')),
      ...call('events', 'ok', table('Event', 'bad')),
      ...call('missing', 'error', text),
    )
    expect(evidence).toBe('pods')
    expect(others).toEqual(['nodes', 'events', 'missing'])
  })

  it('shows the only call, also if it failed', () => {
    expect(layoutOf(...call('a', 'error', text))).toMatchObject({ evidence: 'a', others: [] })
  })

  it('never shows a repeated call that was refused instead of the list', () => {
    const shown = layoutOf(...call('a', 'ok', table('Pod', 'ok')), ...call('b', 'denied'))
    expect(shown).toMatchObject({ evidence: 'a', others: ['b'] })
  })

  it('keeps changes apart from reads', () => {
    const { changes, others, evidence } = layoutOf(
      ...call('a', 'ok', table('Pod', 'ok')),
      ...call('b', 'declined'),
      ...call('c', 'unknown'),
    )
    expect({ changes, others, evidence }).toEqual({ changes: ['b', 'c'], others: [], evidence: 'a' })
  })
})
