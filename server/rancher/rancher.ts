/** Requests to the pinned Rancher with a user's own token: who they are, and which clusters they see. */
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'
import { Agent, request } from 'undici'
import { z } from 'zod'
import { LoginError } from '../auth/errors'
import type { Secret } from '../auth/secret'
import type { RancherConfig } from '../config/rancher'
import { Recent } from './recent'

/** Rancher is unreachable, or answers unexpectedly. Nothing is known about the user then. */
export class RancherError extends LocalizedError {
  constructor(
    readonly url: string,
    reason: Message | string,
  ) {
    super(msg('rancher-unreachable', { url, reason }))
    this.name = 'RancherError'
  }
}

export interface RancherUser {
  /** Unique, e.g. `u-abc12` or `user-abc12`. */
  id: string
  /** For people: login name, or the name of an external login. */
  displayName?: string
}

export interface RancherCluster {
  /** `local` or `c-m-…`. */
  id: string
  name: string
  /** Whether Rancher can reach it. */
  isActive: boolean
}

/** Milliseconds. A refused token is asked about again sooner: its user may just have logged in. */
const KNOWN_MS = 30_000
const REFUSED_MS = 3000
const MAX_TOKENS = 2000

/** In milliseconds; connections are shared by all users. */
const TIMEOUT_MS = 8000
const CONNECTIONS = 16
const MAX_BODY = 32 * 1024 * 1024

const usersSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string().min(1),
      me: z.boolean().nullish(),
      username: z.string().nullish(),
      name: z.string().nullish(),
    }),
  ),
})

const clustersSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
      spec: z.looseObject({ displayName: z.string().nullish() }).nullish(),
      status: z
        .looseObject({
          conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
        })
        .nullish(),
    }),
  ),
})

export class Rancher {
  readonly url: string
  /** PEM; absent: Node's own CAs. */
  readonly ca: string | undefined
  private readonly agent: Agent
  private readonly users = new Recent<RancherUser | undefined>((user) => (user ? KNOWN_MS : REFUSED_MS), MAX_TOKENS)
  private readonly clusters = new Recent<RancherCluster[] | undefined>(() => KNOWN_MS, MAX_TOKENS)

  constructor({ url, ca }: RancherConfig) {
    this.url = url
    this.ca = ca
    this.agent = new Agent({
      connect: { timeout: TIMEOUT_MS, ...(ca !== undefined && { ca }) },
      connections: CONNECTIONS,
      maxResponseSize: MAX_BODY,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
  }

  /** URL of a cluster's API server, as Rancher proxies it. */
  apiUrl(cluster: string): string {
    return `${this.url}/k8s/clusters/${cluster}`
  }

  /**
   * The token's user, at most 30 s old.
   * @returns undefined if Rancher refuses the token
   * @throws RancherError
   */
  userOf(token: Secret): Promise<RancherUser | undefined> {
    return this.users.get(token.hash, () => this.askUser(token))
  }

  /**
   * Asks again, since a token can end at any time.
   * @throws RancherError
   */
  async isEnded(token: Secret): Promise<boolean> {
    this.users.forget(token.hash)
    this.clusters.forget(token.hash)
    return (await this.userOf(token)) === undefined
  }

  /**
   * The clusters that the token's user may see, by name, at most 30 s old.
   * @throws RancherError
   * @throws LoginError if Rancher refuses the token, also where the user is still known
   */
  async clustersOf(token: Secret): Promise<RancherCluster[]> {
    const found = await this.clusters.get(token.hash, () => this.askClusters(token))
    if (found) return found
    this.users.forget(token.hash)
    throw new LoginError(msg('login-rancher-ended'))
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }

  private async askUser(token: Secret): Promise<RancherUser | undefined> {
    const body = await this.get('/v3/users?me=true', token)
    if (body === undefined) return undefined
    const { data } = this.parsed(usersSchema, body)
    const me = data.find((each) => each.me) ?? (data.length === 1 ? data[0] : undefined)
    if (!me) throw new RancherError(this.url, msg('rancher-no-user'))
    const displayName = me.username || me.name
    return { id: me.id, ...(displayName && { displayName }) }
  }

  private async askClusters(token: Secret): Promise<RancherCluster[] | undefined> {
    const body = await this.get('/v1/management.cattle.io.clusters', token)
    if (body === undefined) return undefined
    return this.parsed(clustersSchema, body)
      .data.map(({ id, spec, status }) => {
        const ready = status?.conditions?.find(({ type }) => type === 'Ready')
        return { id, name: spec?.displayName || id, isActive: ready?.status !== 'False' }
      })
      .sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id))
  }

  /** @returns undefined if the token is refused */
  private async get(path: string, token: Secret): Promise<unknown> {
    try {
      const { statusCode, body } = await request(this.url + path, {
        dispatcher: this.agent,
        headers: { authorization: `Bearer ${token.reveal()}`, accept: 'application/json' },
      })
      if (statusCode === 200) return await body.json()
      await body.dump()
      if (statusCode === 401) return undefined
      throw new RancherError(this.url, `HTTP ${statusCode}`)
    } catch (error) {
      if (error instanceof RancherError) throw error
      throw new RancherError(this.url, reasonOf(error))
    }
  }

  private parsed<T>(schema: z.ZodType<T>, body: unknown): T {
    const result = schema.safeParse(body)
    if (result.success) return result.data
    throw new RancherError(this.url, msg('rancher-unexpected'))
  }
}

/** Never a response's text, which could repeat the token. */
function reasonOf(error: unknown): Message | string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : msg('rancher-unexpected')
}
