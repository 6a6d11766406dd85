/** Logs each turn: its calls, how it ended, how long it took. */
import type { Logger } from 'pino'
import type { TurnReport } from './turn'

export function logTurn(log: Logger): TurnReport {
  const startedAt = performance.now()
  const calls: { name: string; status?: string; durationMs?: number; id: string }[] = []
  let reason: string = 'dropped'
  return {
    see: (event) => {
      switch (event.type) {
        case 'tool-call':
          calls.push({ id: event.call.id, name: event.call.name })
          break
        case 'tool-result': {
          const { status, durationMs } = event.outcome
          const call = calls.find((each) => each.id === event.id)
          if (call) Object.assign(call, { status, durationMs })
          break
        }
        case 'error':
          log.warn({ code: event.code }, event.detail.text)
          break
        case 'finish':
          reason = event.reason
          break
      }
    },
    failed: (error) => log.error({ err: error }, 'the turn failed'),
    end: () => log.info({ reason, calls, ms: Math.round(performance.now() - startedAt) }, 'turn ended'),
  }
}
