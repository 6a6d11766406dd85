/** Who the server takes this page's user for, and the login. */
import { sessionSchema, type Session } from '#shared/session'
import { readProblem, type ChatProblem } from '../utils/chat/chatProblem'

/** How long the page waits to be told, in milliseconds; what does not answer then is shown as not reachable. */
const patience = 3000

/** Why a login did not work. */
export type LoginProblem =
  | { kind: 'wrong' }
  | { kind: 'too-many'; seconds: number }
  /** The token is right, and the browser lost the cookie: it refuses cookies, or the page is in a frame of another site. */
  | { kind: 'no-cookie' }
  | { kind: 'other'; code: ChatProblem['code'] }

export const useSessionStore = defineStore('session', () => {
  /** Undefined while the server has not told. */
  const session = shallowRef<Session>()
  /** The server has been asked, whatever came of it. */
  const isAsked = ref(false)
  const needsLogin = computed(() => session.value?.user === null)
  const isReadOnly = computed(
    () => session.value?.user?.mayWrite === false || session.value?.accessMode === 'read-only',
  )

  async function refresh(): Promise<void> {
    try {
      const response = await fetch('api/session', { signal: AbortSignal.timeout(patience), cache: 'no-store' })
      session.value = sessionSchema.parse(await response.json())
    } catch {
      // Who it was is no longer known for sure, and no reason to show the login: the page says what is the matter.
    }
    isAsked.value = true
  }

  /** @returns why it did not work */
  async function login(token: string): Promise<LoginProblem | undefined> {
    const body = JSON.stringify({ token })
    const response = await fetch('api/session', { method: 'POST', body }).catch(() => undefined)
    if (!response) return { kind: 'other', code: 'unreachable' }
    if (!response.ok) return loginProblem(response)
    await refresh()
    return needsLogin.value ? { kind: 'no-cookie' } : undefined
  }

  /** Ends the session, and begins anew: nothing of it stays on the page. */
  async function logout(): Promise<void> {
    await fetch('api/session', { method: 'DELETE' }).catch(() => undefined)
    window.location.reload()
  }

  return { session, isAsked, needsLogin, isReadOnly, refresh, login, logout }
})

async function loginProblem(response: Response): Promise<LoginProblem> {
  const { code } = await readProblem(response)
  if (code === 'login-needed') return { kind: 'wrong' }
  const seconds = Number(response.headers.get('retry-after'))
  return code === 'too-many-attempts' && seconds > 0 ? { kind: 'too-many', seconds } : { kind: 'other', code }
}
