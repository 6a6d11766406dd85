/** The current user according to the server, and the login. */
import { sessionSchema, type Login, type Session } from '#shared/session'
import { readProblem, type ChatProblem } from '../utils/chat/chatProblem'

/** How long the page waits for a response, in milliseconds; afterwards the server counts as unreachable. */
const patience = 3000

/** Why a login failed. */
export type LoginProblem =
  | { kind: 'wrong' }
  | { kind: 'too-many'; seconds: number }
  /**
   * The token is correct, but the browser rejected the cookie: cookies are off, or the page is in a frame of another
   * site.
   */
  | { kind: 'no-cookie' }
  | { kind: 'other'; code: ChatProblem['code'] }

export const useSessionStore = defineStore('session', () => {
  /** Undefined until the first response. */
  const session = shallowRef<Session>()
  /** True once a request has ended, successfully or not. */
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
      // The user is unknown, but the page reports the problem instead of showing the login.
    }
    isAsked.value = true
  }

  /** @returns why it failed */
  async function login(token: string): Promise<LoginProblem | undefined> {
    const problem = await begin({ token })
    // In a frame of another site the browser drops all but partitioned cookies.
    return problem?.kind === 'no-cookie' && window.parent !== window ? begin({ token, partitioned: true }) : problem
  }

  async function begin(login: Login): Promise<LoginProblem | undefined> {
    const response = await fetch('api/session', { method: 'POST', body: JSON.stringify(login) }).catch(() => undefined)
    if (!response) return { kind: 'other', code: 'unreachable' }
    if (!response.ok) return loginProblem(response)
    await refresh()
    return needsLogin.value ? { kind: 'no-cookie' } : undefined
  }

  /** Ends the session and reloads, so that nothing of it stays on the page. */
  async function logout(): Promise<void> {
    await fetch('api/session', { method: 'DELETE' }).catch(() => undefined)
    if (session.value?.logoutUrl === undefined) window.location.reload()
    else window.location.assign(session.value.logoutUrl)
  }

  return { session, isAsked, needsLogin, isReadOnly, refresh, login, logout }
})

async function loginProblem(response: Response): Promise<LoginProblem> {
  const { code } = await readProblem(response)
  if (code === 'login-needed') return { kind: 'wrong' }
  const seconds = Number(response.headers.get('retry-after'))
  return code === 'too-many-attempts' && seconds > 0 ? { kind: 'too-many', seconds } : { kind: 'other', code }
}
