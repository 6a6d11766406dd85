/** The built server between the faults' model and an MCP server, with a page that watches the links. */
import { startApp } from '../support/app'
import type { App, Env } from '../support/app'
import { openSocket } from '../support/socket'
import type { Socket } from '../support/socket'
import { sharedCluster } from './cluster'
import type { FaultCluster } from './cluster'
import { startModel } from './model'
import type { FaultModel } from './model'
import { Page } from './page'
import { childrenOf, until } from './processes'
import { Supervised, WAYS } from './servers'
import type { Way } from './servers'
import { shared } from './shared'

/** Timeout of a call in seconds, for faults without a response. */
const CALL_SECONDS = 3

export interface LinkOptions {
  env?: Env
  /**
   * A proxy between the assistant and an MCP server over HTTP.
   * @returns the URL to use
   */
  between?: (url: string) => Promise<{ url: string; close: () => Promise<void> }>
  /** Replaces the way's own command. */
  command?: string
  /** Options for the assistant's Node. */
  nodeArgs?: string[]
}

export interface Link {
  way: Way
  app: App
  model: FaultModel
  page: Page
  links: LinkStates
  /** Process id of the MCP server; waits for the next one if it has ended. */
  serverPid: () => Promise<number>
  /** Waits until the MCP server is reachable again after the one with this id broke. */
  untilBack: (broken: number) => Promise<void>
  close: () => Promise<void>
}

/** A link whose cluster counts mutations and can hold requests. */
export interface ClusterLink extends Link {
  cluster: FaultCluster
}

export async function openClusterLink(way: Way, options: LinkOptions = {}): Promise<ClusterLink> {
  const cluster = await sharedCluster()
  return { ...(await openLink(way, cluster.kubeconfig, options)), cluster }
}

/** One link for each way. */
const sharedLinks = new Map(WAYS.map((way) => [way, shared(() => openClusterLink(way))]))

/** The link that most faults of a way share. */
export async function sharedLink(way: Way): Promise<ClusterLink> {
  const link = await sharedLinks.get(way)?.()
  if (!link) throw new Error(`there is no link for ${way.transport}`)
  return link
}

/** @param kubeconfig of the MCP server's cluster */
export async function openLink(way: Way, kubeconfig: string, options: LinkOptions = {}): Promise<Link> {
  const { env, between, command, nodeArgs } = options
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each()
  }
  try {
    const model = await startModel(way.tools)
    closers.push(model.close)
    const supervised = way.start && (await Supervised.start(way, { kubeconfig }))
    if (supervised) closers.push(() => supervised.stop())
    const proxy = supervised && between && (await between(supervised.url))
    if (proxy) closers.push(proxy.close)
    const mcp = supervised
      ? { MCP_SERVER_URL: proxy?.url ?? supervised.url }
      : { KUBECONFIG: kubeconfig, MCP_SERVER_COMMAND: command ?? way.command }
    const settings = {
      OLLAMA_BASE_URL: model.url,
      MODEL_STALL_SECONDS: '2',
      MODEL_BUSY_SECONDS: '1',
      TURN_GRACE_SECONDS: '2',
      // One test client asks more per minute than a person.
      MAX_TURNS_PER_MINUTE: '100000',
      MCP_CALL_SECONDS: String(CALL_SECONDS),
    }
    const app = await startApp({ ...settings, ...mcp, ...env }, nodeArgs)
    closers.push(app.stop)
    const links = await LinkStates.watch(app.url)
    closers.push(async () => links.close())
    await until('the link is ready', () => links.isReady || undefined)
    const serverPid = async () => {
      if (supervised) return (await supervised.server()).pid
      return await until('a child', async () => (await childrenOf(app.pid))[0]?.pid)
    }
    return {
      way,
      app,
      model,
      page: new Page(app.url),
      links,
      serverPid,
      untilBack: async (broken) => {
        // The assistant starts the next child itself, as soon as the last one has ended.
        if (!supervised) return
        await until('the next server', async () => ((await serverPid()) === broken ? undefined : true))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The states of the MCP link as the page receives them over the socket. */
export class LinkStates {
  private states: string[] = []

  private constructor(private readonly socket: Socket) {
    void this.read()
  }

  static async watch(url: string): Promise<LinkStates> {
    const socket = await openSocket(url)
    socket.send({ type: 'watch' })
    return new LinkStates(socket)
  }

  get isReady(): boolean {
    return this.states.at(-1) === 'ready'
  }

  /** The states since the last call, each change once. */
  told(): string {
    const told = this.states
    this.states = told.slice(-1)
    return told.join(' → ')
  }

  close(): void {
    this.socket.close()
  }

  private async read(): Promise<void> {
    try {
      for (;;) {
        const state = (await this.socket.next()).health?.mcp.state
        if (state !== undefined && state !== this.states.at(-1)) this.states.push(state)
      }
    } catch {
      // The socket was closed.
    }
  }
}
