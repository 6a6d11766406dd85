/** The end of a connection, and whether it counts as a failure of the server. */
import type { Message } from '#shared/messages/message'
import { resetAtLimit, withFailure } from './connecting'
import { afterEffects } from './state'
import type { Context, ReadyState, Step } from './state'

/** Fails its calls at once; the next connection follows when it is closed. */
export function lose({ history, steady, link }: ReadyState, reason: Message, context: Context): Step {
  const lost = { ...history, reason, closedAt: context.now }
  const next = steady ? lost : withFailure(lost)
  return {
    state: { phase: 'resetting', history: next, link },
    effects: [
      ...resetAtLimit(next, context),
      { type: 'discard', link, reason },
      { type: 'log', level: 'warn', message: 'MCP session lost' },
    ],
  }
}

/** A silent program may hang, and a new session would be silent too. */
export function loseSilent(state: ReadyState, reason: Message, context: Context): Step {
  return afterEffects([{ type: 'replace-program' }], lose(state, reason, context))
}

/** From here on its loss counts as the first failure. */
export function steadied(state: ReadyState): ReadyState {
  return { ...state, steady: true, history: { ...state.history, failures: 0 } }
}
