/** The identity provider: code flow with PKCE (RFC 7636), state and nonce, by openid-client. */
import { setTimeout as delay } from 'node:timers/promises'
import * as client from 'openid-client'
import { msg } from '#shared/messages/create'
import { Agent, fetch as undiciFetch } from 'undici'
import { z } from 'zod'
import type { OidcConfig } from '../../config/oidc'
import type { Identified } from '../caller'
import { LoginError, ProviderError } from '../errors'

/** What must survive until the browser comes back. */
export type LoginState = Record<'state' | 'nonce' | 'verifier', string>

/** In seconds. */
const TIMEOUT_S = 10

/** The page does not wait longer for an address that it may never need. In milliseconds. */
const LOGOUT_MS = 1000

const MAX_NAME_LENGTH = 200

export class OidcProvider {
  private discovered: Promise<client.Configuration> | undefined

  constructor(private readonly config: OidcConfig) {}

  /**
   * Starts a login.
   * @returns where to send the browser
   * @throws ProviderError
   */
  async start(): Promise<{ url: URL; login: LoginState }> {
    const server = await this.server()
    const { redirectUrl, scopes } = this.config
    const login = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }
    const url = client.buildAuthorizationUrl(server, {
      redirect_uri: redirectUrl,
      scope: scopes,
      state: login.state,
      nonce: login.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(login.verifier),
      code_challenge_method: 'S256',
    })
    return { url, login }
  }

  /**
   * Trades the code for the user's claims. The tokens are then forgotten.
   * @param query of the callback
   * @throws LoginError if the provider or the checks refuse it, ProviderError if the provider is unreachable
   */
  async finish(query: URLSearchParams, login: LoginState): Promise<Identified> {
    const server = await this.server()
    const back = new URL(this.config.redirectUrl)
    back.search = query.toString()
    try {
      const tokens = await client.authorizationCodeGrant(server, back, {
        expectedState: login.state,
        expectedNonce: login.nonce,
        pkceCodeVerifier: login.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new LoginError(msg('login-oidc-refused'))
      return this.userOf({ ...(await this.moreClaims(server, tokens.access_token, claims)), ...claims })
    } catch (error) {
      if (error instanceof LoginError) throw error
      if (error instanceof client.ClientError && error.code !== undefined && UNREACHABLE.has(error.code))
        throw new ProviderError(this.config.issuer)
      // Its text may quote the code or a token.
      throw new LoginError(msg('login-oidc-refused'))
    }
  }

  /** Where to end the provider's own session, if it has such a place. */
  async logoutUrl(): Promise<string | undefined> {
    const found = this.server().catch(() => undefined)
    const server = await Promise.race([found, delay(LOGOUT_MS, undefined, { ref: false })])
    if (server?.serverMetadata().end_session_endpoint === undefined) return undefined
    return client.buildEndSessionUrl(server, { post_logout_redirect_uri: this.home() }).href
  }

  /** The page, beside `/login/callback`. */
  home(): string {
    return new URL('..', this.config.redirectUrl).href
  }

  /** Many providers name groups and addresses at the userinfo endpoint alone. */
  private async moreClaims(server: client.Configuration, accessToken: string, claims: client.IDToken): Promise<object> {
    const { userClaim, groupsClaim } = this.config
    const isComplete = [userClaim, groupsClaim].every((name) => claims[name] !== undefined)
    if (isComplete || server.serverMetadata().userinfo_endpoint === undefined) return {}
    return await client.fetchUserInfo(server, accessToken, claims.sub)
  }

  private userOf(claims: Record<string, unknown>): Identified {
    const { userClaim, groupsClaim } = this.config
    const name = z.string().min(1).max(MAX_NAME_LENGTH).safeParse(claims[userClaim]).data
    if (name === undefined || /[\p{C}\p{Zl}\p{Zp}]/u.test(name))
      throw new LoginError(msg('login-oidc-no-user', { claim: userClaim }))
    // As the API server does: an address that was not verified may belong to somebody else.
    if (userClaim === 'email' && claims.email_verified === false)
      throw new LoginError(msg('login-oidc-no-user', { claim: userClaim }))
    const displayName = [claims.preferred_username, claims.name].find((each) => typeof each === 'string' && each !== '')
    const groups = z.union([z.array(z.string()), z.string().transform((one) => [one])]).safeParse(claims[groupsClaim])
    return {
      name,
      ...(typeof displayName === 'string' && { displayName: displayName.slice(0, MAX_NAME_LENGTH) }),
      groups: groups.data ?? [],
    }
  }

  /** Discovered once; again after a failure. */
  private async server(): Promise<client.Configuration> {
    this.discovered ??= this.discover()
    try {
      return await this.discovered
    } catch {
      this.discovered = undefined
      throw new ProviderError(this.config.issuer)
    }
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, ca } = this.config
    const auth = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret)
    return client.discovery(new URL(issuer), clientId, undefined, auth, {
      timeout: TIMEOUT_S,
      ...(ca !== undefined && { [client.customFetch]: fetchTrusting(ca) }),
    })
  }
}

const UNREACHABLE = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT'])

function fetchTrusting(ca: string): client.CustomFetch {
  const dispatcher = new Agent({ connect: { ca } })
  return async (url, { body, headers, method, redirect, signal }) => {
    const response = await undiciFetch(url, {
      dispatcher,
      method,
      headers,
      redirect,
      ...(body !== null && body !== undefined && { body: String(body) }),
      ...(signal && { signal }),
    })
    // undici's classes differ from Node's.
    return new Response(await response.text(), { status: response.status, headers: [...response.headers] })
  }
}
