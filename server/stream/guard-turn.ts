/** The last fence of a turn: what nobody expected becomes an error event with words, and each turn a line in the log. */
import type { Logger } from 'pino'
import type { TurnEvent } from '../agent/events'

/** Passes events on; never throws. */
export async function* guardTurn(turn: AsyncIterable<TurnEvent>, log: Logger): AsyncGenerator<TurnEvent, void, void> {
  const startedAt = performance.now()
  const calls: { name: string; status?: string; durationMs?: number; id: string }[] = []
  let reason: string = 'dropped'
  try {
    for await (const event of turn) {
      if (event.type === 'tool-call') calls.push({ id: event.call.id, name: event.call.name })
      if (event.type === 'tool-result') {
        const { status, durationMs } = event.outcome
        const call = calls.find((each) => each.id === event.id)
        if (call) Object.assign(call, { status, durationMs })
      }
      if (event.type === 'error') log.warn({ code: event.code }, event.message)
      if (event.type === 'finish') reason = event.reason
      yield event
    }
  } catch (error) {
    reason = 'error'
    log.error({ err: error }, 'the turn failed')
    yield { type: 'error', code: 'internal', message: 'Something went wrong in the server. Its log has the details.' }
    yield { type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } }
  } finally {
    log.info({ reason, calls, ms: Math.round(performance.now() - startedAt) }, 'turn ended')
  }
}
