/**
 * The conversation with this id, shared by all who ask for it. An answer goes on being written while another
 * conversation is looked at: a session ends only when nobody shows it and nothing is under way.
 */
import type { EffectScope } from 'vue'
import { createChatSession, type ChatSession } from '../chat/useChatSession'

interface Held {
  session: ChatSession
  scope: EffectScope
  /** How many components show it. */
  users: number
}

const sessions = new Map<string, Held>()

function hold(id: string): Held {
  const scope = effectScope(true)
  const session = scope.run(() => createChatSession(id))
  if (!session) throw new Error('A new scope is always active.')
  const held: Held = { session, scope, users: 0 }
  sessions.set(id, held)
  scope.run(() => watch(session.isBusy, () => void closeIdle(id)))
  return held
}

async function closeIdle(id: string): Promise<void> {
  const held = sessions.get(id)
  if (!held || held.users > 0 || held.session.isBusy.value) return
  sessions.delete(id)
  await held.session.flush()
  held.scope.stop()
}

/** Must be called in a component's setup. */
export function useConversation(id: string): ChatSession {
  const held = sessions.get(id) ?? hold(id)
  held.users++
  onScopeDispose(() => {
    held.users--
    void closeIdle(id)
  })
  return held.session
}

/** Stops and forgets a conversation that is being deleted, here and at the server; nothing of it is saved any more. */
export function dropConversation(id: string): void {
  const held = sessions.get(id)
  if (!held) return
  sessions.delete(id)
  held.session.stop()
  held.scope.stop()
}
