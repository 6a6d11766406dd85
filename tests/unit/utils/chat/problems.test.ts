import type { DynamicToolUIPart } from 'ai'
import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { ChatRequestError, problemOf, readProblem } from '../../../../utils/chat/chatProblem'
import { toolState } from '../../../../utils/chat/toolState'

const error = { code: 'model-unreachable', message: 'Nothing answers.', requestId: 'r1' } as const
const question: AppUIMessage = { id: 'u', role: 'user', parts: [] }
const answer: AppUIMessage = { id: 'a', role: 'assistant', parts: [] }

describe('readProblem', () => {
  it('takes what the server says', async () => {
    expect(await readProblem(Response.json({ error }, { status: 503 }))).toEqual(error)
  })

  it('makes do with what a proxy says', async () => {
    expect(await readProblem(new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }))).toEqual(
      {
        code: 'unknown',
        message: 'HTTP 502 Bad Gateway',
      },
    )
    expect((await readProblem(Response.json({ error: { code: 'no-such-code' } }, { status: 500 }))).code).toBe(
      'unknown',
    )
  })
})

describe('problemOf', () => {
  it('tells a server that is away from a connection that broke', () => {
    expect(problemOf(new TypeError('Failed to fetch'), question).code).toBe('unreachable')
    expect(problemOf(new TypeError('network error'), answer).code).toBe('connection-lost')
  })

  it('prefers what the server said over what the stream did', () => {
    expect(problemOf(new ChatRequestError(error), question)).toEqual(error)
    expect(problemOf(new Error('An error'), { ...answer, metadata: { error } })).toEqual(error)
    expect(problemOf(new Error('odd'), answer)).toEqual({ code: 'unknown', message: 'odd' })
  })
})

describe('toolState', () => {
  const call = { type: 'dynamic-tool', toolName: 'pods_list', toolCallId: 'c1', input: {} } as const

  it('reads how a call ended from its output', () => {
    const output = { status: 'denied', text: 'no', durationMs: 3 }
    expect(toolState({ ...call, state: 'output-available', output })).toEqual(output)
  })

  it('shows no duration if none was measured', () => {
    const output = { status: 'cancelled', text: 'no', durationMs: 0 }
    expect(toolState({ ...call, state: 'output-available', output })).toEqual({ status: 'cancelled', text: 'no' })
  })

  it('copes with the other states, and with an output of another make', () => {
    const states: [DynamicToolUIPart, string][] = [
      [{ ...call, state: 'input-available' }, 'running'],
      [{ ...call, state: 'output-error', errorText: 'broken' }, 'error'],
      [{ ...call, state: 'output-available', output: 'text' }, 'ok'],
    ]
    for (const [part, status] of states) expect(toolState(part).status).toBe(status)
  })
})
