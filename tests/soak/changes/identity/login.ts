/** With which login a request is sent. */

export interface KnownLogin {
  token: string
  /** The user that is acted as. */
  as?: string | undefined
}

/** Equal for equal logins. */
export function loginOf({ token, as }: KnownLogin): string {
  return JSON.stringify([token, as ?? null])
}
