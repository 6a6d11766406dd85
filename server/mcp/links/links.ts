/** The MCP sessions of one identity: the main one and additional ones. */
import type { ClusterStateSource } from './cluster-state'
import { ClusterWatch, NO_CLUSTER } from './cluster-state'
import { composeToolboxes } from '../toolbox/compose'
import { McpSession } from '../session/session'
import type { SessionCredentials, SessionOptions, SessionStatus } from '../session/options'
import { createToolbox } from '../toolbox/toolbox'
import type { McpEndpoint } from '../connection/transport'
import type { Toolbox } from '../toolbox/types'

export interface LinkEndpoint {
  endpoint: McpEndpoint
  credentials?: SessionCredentials
}

export interface McpLinksOptions extends Pick<SessionOptions, 'log' | 'clientInfo' | 'timing'> {
  main: LinkEndpoint
  /** An additional server that provides a few tools. */
  added?: LinkEndpoint & { tools: ReadonlySet<string> }
  /** Our own server, which identifies cluster and user if `main` cannot. */
  watch?: LinkEndpoint
  /** False: the sessions have no cluster, and its state is never read. */
  hasCluster?: boolean
  /** Argument names that the model never sees. */
  hiddenArguments: ReadonlySet<string>
}

export interface McpLinks {
  readonly main: McpSession
  readonly added: McpSession | undefined
  /** The tools offered to the model. */
  readonly toolbox: Toolbox
  readonly clusterState: ClusterStateSource
  sessions: () => SessionStatus[]
  onChange: (listener: () => void) => void
  /**
   * Waits for the main session, and at the start for all.
   * @throws McpUnavailableError
   */
  untilReady: (signal: AbortSignal) => Promise<void>
  /**
   * Reopens the sessions.
   * @throws McpUnavailableError
   */
  reconnect: (signal: AbortSignal) => Promise<void>
  close: () => Promise<void>
}

/** Opens the sessions and keeps them until `close`. */
export function openLinks(options: McpLinksOptions): McpLinks {
  const { hasCluster = true, hiddenArguments, log, clientInfo, timing } = options
  const open = ({ endpoint, credentials }: LinkEndpoint) =>
    new McpSession({ endpoint, log, clientInfo, ...(credentials && { credentials }), ...(timing && { timing }) })
  const main = open(options.main)
  const added = options.added && open(options.added)
  const watched = options.watch && open(options.watch)
  const watch = hasCluster ? new ClusterWatch(watched ?? main) : undefined
  const clusterState = watch ?? NO_CLUSTER
  const mainToolbox = reportingErrors(createToolbox(main, hiddenArguments), () => void watch?.read())
  const beside = [added, watched].filter((session) => session !== undefined)
  const sessions = [main, ...beside]
  for (const session of sessions) session.start()
  watch?.start()
  return {
    main,
    added,
    toolbox:
      added && options.added
        ? composeToolboxes(mainToolbox, createToolbox(added, hiddenArguments), options.added.tools)
        : mainToolbox,
    clusterState,
    sessions: () => sessions.map((session) => session.status()),
    onChange(listener) {
      for (const session of sessions) session.onChange(listener)
      watch?.onChange(listener)
    },
    async untilReady(signal) {
      await main.untilReady(signal)
      // At the start, wait for them so that the first question has all tools. Later, do not: the rest works.
      await Promise.all(
        beside.map(async (session) => {
          if (session.status().state === 'connecting') await session.untilReady(signal).catch(() => undefined)
        }),
      )
      signal.throwIfAborted()
    },
    async reconnect(signal) {
      await Promise.all(sessions.map((session) => session.reconnect(signal)))
      await clusterState.refresh(signal)
    },
    async close() {
      watch?.close()
      await Promise.all(sessions.map((session) => session.close()))
    },
  }
}

/** An error of one call may affect all: our own server's state tells. */
function reportingErrors(toolbox: Toolbox, onError: () => void): Toolbox {
  return {
    tools: toolbox.tools,
    async call(name, args, options) {
      const result = await toolbox.call(name, args, options)
      if (result.isError && result.isStructured) onError()
      return result
    },
  }
}
