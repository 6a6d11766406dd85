import { describe, expect, it, vi } from 'vitest'
import { turnIdSchema } from '#shared/chat/turn-id'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { backOff } from '../../../../utils/connection/backOff'
import { readSocketMessage } from '../../../../utils/connection/socketMessage'
import { socketUrl } from '../../../../utils/connection/socketUrl'
import { failWhenSilent } from '../../../../utils/turn/sseFeed'
import { createTurnId } from '../../../../utils/turn/turnId'
import { isUnanswered, lastTurnId, withTurn } from '../../../../utils/turn/turns'

const question: AppUIMessage = { id: 'u', role: 'user', parts: [], metadata: { turnId: 'turn-1' } }
const half: AppUIMessage = { id: 'a', role: 'assistant', parts: [] }
const whole: AppUIMessage = { ...half, metadata: { finishReason: 'stop' } }

describe('the turns of a conversation', () => {
  it('have ids that the server takes, and no two the same', () => {
    const ids = Array.from({ length: 1000 }, createTurnId)
    for (const id of ids) expect(turnIdSchema.safeParse(id).success).toBe(true)
    expect(new Set(ids).size).toBe(1000)
  })

  it('are those of the questions', () => {
    expect(lastTurnId([question, whole])).toBe('turn-1')
    expect(lastTurnId([question, whole, { id: 'u2', role: 'user', parts: [] }])).toBeUndefined()
    expect(lastTurnId([])).toBeUndefined()
  })

  it('get another name when a question is asked again, and nothing else changes', () => {
    const again = withTurn([{ ...question, id: 'u0' }, whole, question, half], { turnId: 'turn-2' })
    expect(again.map(({ metadata }) => metadata?.turnId)).toEqual(['turn-1', undefined, 'turn-2', undefined])
    expect(question.metadata?.turnId).toBe('turn-1')
  })

  it('are open until their end has arrived', () => {
    const lost: AppUIMessage = { ...half, metadata: { finishReason: 'lost' } }
    const conversations = [[], [question], [question, half], [question, lost], [question, whole]]
    expect(conversations.map(isUnanswered)).toEqual([false, true, true, true, false])
  })
})

describe('the socket', () => {
  it('is beside the page, behind a prefix too', () => {
    expect(socketUrl('http://127.0.0.1:8005/#/abc')).toBe('ws://127.0.0.1:8005/api/ws')
    expect(socketUrl('https://rancher/k8s/proxy/#/abc')).toBe('wss://rancher/k8s/proxy/api/ws')
  })

  it('brings what this page understands, and nothing else', () => {
    expect(readSocketMessage('{"type":"end","turnId":"t"}')).toEqual({ type: 'end', turnId: 't' })
    for (const odd of ['{', '{"type":"later"}', new Blob()]) expect(readSocketMessage(odd)).toBeUndefined()
  })

  it('is tried again at a slowing pace', () => {
    const paces = [0, 1, 2, 10].map((attempt) => backOff(attempt, () => 0.5))
    expect(paces).toEqual([1000, 2000, 4000, 30_000])
    expect(backOff(0, () => 0)).not.toBe(backOff(0, () => 0.9))
  })
})

describe('a stream that goes silent', () => {
  it('is broken, and one that has not begun is not', async () => {
    vi.useFakeTimers()
    try {
      const source = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
      const writer = source.writable.getWriter()
      const reader = failWhenSilent(source.readable, 40_000).getReader()
      const first = reader.read()
      await vi.advanceTimersByTimeAsync(120_000)
      await writer.write(new Uint8Array([1]))
      expect((await first).done).toBe(false)
      const next = reader.read()
      next.catch(() => undefined)
      await vi.advanceTimersByTimeAsync(39_000)
      await writer.write(new Uint8Array([2]))
      expect((await next).done).toBe(false)
      const last = reader.read()
      last.catch(() => undefined)
      await vi.advanceTimersByTimeAsync(41_000)
      await expect(last).rejects.toThrow(/silent/)
    } finally {
      vi.useRealTimers()
    }
  })
})
