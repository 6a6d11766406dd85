/** The login of a request. */

export interface KnownLogin {
  token: string
  /** The impersonated user. */
  as?: string | undefined
}

/** Equal for equal logins. */
export function loginOf({ token, as }: KnownLogin): string {
  return JSON.stringify([token, as ?? null])
}
