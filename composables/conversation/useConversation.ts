/**
 * The conversation with this id, shared by its components. An answer continues while another conversation is shown: a
 * session ends only when it is neither shown nor active.
 */
import type { EffectScope } from 'vue'
import { createChatSession, type ChatSession } from '../chat/useChatSession'

interface Held {
  session: ChatSession
  scope: EffectScope
  /** Number of components that show it. */
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

/** Call in a component's setup. */
export function useConversation(id: string): ChatSession {
  const held = sessions.get(id) ?? hold(id)
  held.users++
  onScopeDispose(() => {
    held.users--
    void closeIdle(id)
  })
  return held.session
}

/** Stops a conversation that is being deleted, here and at the server. What came until now is saved, for an undo. */
export function dropConversation(id: string): void {
  const held = sessions.get(id)
  if (!held) return
  sessions.delete(id)
  void held.session.flush()
  held.session.stop()
  held.scope.stop()
}
