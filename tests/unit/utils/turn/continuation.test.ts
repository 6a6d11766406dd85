import { readUIMessageStream, type UIMessageChunk } from 'ai'
import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { isNotStarted, rebuildAfterStart, withContinuation } from '../../../../utils/turn/continuation'
import { closeOpenAnswer, messagesToPost } from '../../../../utils/chat/messages'
import { isUnanswered, lastTurnId } from '../../../../utils/turn/turns'
import { approvalOf, closing, resultOf, textOf } from '../approval/approvalServer'
import { wholeFeed } from './turnFeeds'

const question: AppUIMessage = {
  id: 'u',
  role: 'user',
  parts: [{ type: 'text', text: 'scale' }],
  metadata: { turnId: 'turn-1' },
}

type Call = Extract<AppUIMessage['parts'][number], { type: 'dynamic-tool' }>
const named = (toolCallId: string) =>
  ({ type: 'dynamic-tool', toolName: 'resources_scale', toolCallId, input: {} }) as const
const output = { status: 'ok', text: 'fine', durationMs: 1 }
const read: Call = { ...named('read'), state: 'output-available', output }
const approved: Call = {
  ...named('yes'),
  state: 'approval-responded',
  approval: { id: 'approval-yes', approved: true, signature: 'signed-yes' },
}
const declined: Call = {
  ...named('no'),
  state: 'approval-responded',
  approval: { id: 'approval-no', approved: false, reason: 'too many', signature: 'signed-no' },
}
const answered: AppUIMessage = {
  id: 'a',
  role: 'assistant',
  parts: [
    { type: 'step-start' },
    { type: 'reasoning', text: 'hm', state: 'done' },
    read,
    { type: 'data-result', id: 'read', data: { toolCallId: 'read', result: { kind: 'text', text: 'fine' } } },
    { type: 'step-start' },
    { type: 'text', text: 'I would scale it.', state: 'done' },
    approved,
    declined,
    { type: 'data-approval', id: 'yes', data: approvalOf('yes', { expiresAt: 1 }) },
    { type: 'data-approval', id: 'no', data: approvalOf('no', { expiresAt: 1 }) },
  ],
  metadata: {
    turnId: 'turn-1',
    requestId: 'r1',
    model: 'm',
    startedAt: 1,
    finishedAt: 2,
    finishReason: 'approval-required',
  },
}

describe('a turn that continues in its message', () => {
  const [, going] = withContinuation([question, answered], 'turn-2')

  it('has a name and a place, and is open again', () => {
    expect(going?.metadata).toEqual({ turnId: 'turn-2', continuesAt: 10, model: 'm' })
    expect(lastTurnId([question, answered])).toBe('turn-1')
    expect(lastTurnId([question, ...(going ? [going] : [])])).toBe('turn-2')
    expect(isUnanswered([question, ...(going ? [going] : [])])).toBe(true)
  })

  it('is begun once the server has said something, and can then not be asked for again', () => {
    expect(isNotStarted(answered)).toBe(false)
    expect(isNotStarted(going)).toBe(true)
    expect(isNotStarted(going && { ...going, metadata: { ...going.metadata, requestId: 'r2' } })).toBe(false)
    expect(isNotStarted(undefined)).toBe(false)
  })

  it('is posted with the signatures that are asked for, and without those that have served', () => {
    const served: Call = { ...read, approval: { id: 'x', approved: true, signature: 'signed-long-ago' } }
    const posted = messagesToPost([question, { ...answered, parts: [served, approved, declined] }])
    expect(posted[1]?.parts).toEqual([read, approved, declined])
    const later = messagesToPost([question, answered, question])
    expect(JSON.stringify(later)).not.toContain('data-')
  })

  it('is closed without a word that it did not run', () => {
    const [, closed] = closeOpenAnswer([question, ...(going ? [going] : [])])
    expect(closed?.metadata?.finishReason).toBe('aborted')
    expect(closed?.parts.slice(6, 8)).toMatchObject([
      { state: 'output-available', output: { status: 'unknown', text: expect.stringContaining('may have run') } },
      { state: 'output-available', output: { status: 'declined', text: 'Declined by the user: too many' } },
    ])
    expect(closeOpenAnswer([question, answered])).toEqual([question, answered])
  })
})

describe('a continuation that is taken up into an empty message', () => {
  const chunks: UIMessageChunk[] = [
    { type: 'start', messageId: 'a', messageMetadata: { turnId: 'turn-2', requestId: 'r2' } },
    ...resultOf('yes', 'ok'),
    ...resultOf('no', 'declined'),
    { type: 'start-step' },
    ...textOf('Done.'),
    ...closing,
  ]

  async function takenUp(message: AppUIMessage): Promise<AppUIMessage | undefined> {
    let last: AppUIMessage | undefined
    const stream = wholeFeed(...chunks).pipeThrough(rebuildAfterStart(message))
    for await (const state of readUIMessageStream<AppUIMessage>({ stream })) last = structuredClone(state)
    return last
  }

  /** Without fields that are there and undefined. */
  const plain = (message: AppUIMessage | undefined): unknown => JSON.parse(JSON.stringify(message))
  const [posted = question] = withContinuation([answered], 'turn-2')

  it('has the posted parts, then the new ones, each once', async () => {
    const message = await takenUp(posted)
    expect(message?.id).toBe('a')
    expect(message?.metadata).toMatchObject({ turnId: 'turn-2', requestId: 'r2', continuesAt: 10, model: 'm' })
    const parts = message?.parts ?? []
    expect(parts.map(({ type }) => type)).toEqual([
      ...answered.parts.map(({ type }) => type),
      'data-result',
      'data-result',
      'step-start',
      'text',
    ])
    const kept = answered.parts.map((part) => {
      if (part.type === 'reasoning') return { ...part, id: 'posted-1' }
      if (part === approved)
        return { ...approved, state: 'output-available', output: { status: 'ok', text: 'ok', durationMs: 5 } }
      if (part !== declined) return part
      return { ...declined, state: 'output-available', output: { status: 'declined', text: 'declined', durationMs: 5 } }
    })
    expect(JSON.parse(JSON.stringify(parts.slice(0, kept.length)))).toMatchObject(kept)
  })

  it('is the same if some of it had arrived before', async () => {
    const half = await takenUp(posted)
    if (!half) throw new Error('It was taken up before.')
    expect(plain(await takenUp(half))).toEqual(plain(half))
  })

  it('keeps calls that failed', async () => {
    const failed: Call = { ...named('failed'), state: 'output-error', errorText: 'broken' }
    const message: AppUIMessage = { ...posted, parts: [failed, approved, declined], metadata: { continuesAt: 3 } }
    expect((await takenUp(message))?.parts[0]).toMatchObject({ state: 'output-error', errorText: 'broken' })
  })
})
