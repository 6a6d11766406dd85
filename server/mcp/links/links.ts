/** The MCP sessions of one identity: the one in use, and those beside it. */
import type { ClusterStateSource } from './cluster-state'
import { ClusterWatch } from './cluster-state'
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
  /** A server of which a few tools are in use beside those of `main`. */
  added?: LinkEndpoint & { tools: ReadonlySet<string> }
  /** Our own server, which tells cluster and user if `main` cannot. */
  watch?: LinkEndpoint
  /** Names of arguments that the model is never shown. */
  hiddenArguments: ReadonlySet<string>
}

export interface McpLinks {
  readonly main: McpSession
  readonly added: McpSession | undefined
  /** What the model is offered. */
  readonly toolbox: Toolbox
  readonly clusterState: ClusterStateSource
  sessions: () => SessionStatus[]
  onChange: (listener: () => void) => void
  /** Waits for the main session, and at the start for all. @throws McpUnavailableError */
  untilReady: (signal: AbortSignal) => Promise<void>
  /** Builds the sessions again. @throws McpUnavailableError */
  reconnect: (signal: AbortSignal) => Promise<void>
  close: () => Promise<void>
}

/** Opens the sessions and keeps them until `close`. */
export function openLinks(options: McpLinksOptions): McpLinks {
  const { hiddenArguments, log, clientInfo, timing } = options
  const open = ({ endpoint, credentials }: LinkEndpoint) =>
    new McpSession({ endpoint, log, clientInfo, ...(credentials && { credentials }), ...(timing && { timing }) })
  const main = open(options.main)
  const added = options.added && open(options.added)
  const watched = options.watch && open(options.watch)
  const clusterState = new ClusterWatch(watched ?? main)
  const mainToolbox = reportingErrors(createToolbox(main, hiddenArguments), () => void clusterState.read())
  const beside = [added, watched].filter((session) => session !== undefined)
  const sessions = [main, ...beside]
  for (const session of sessions) session.start()
  clusterState.start()
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
      clusterState.onChange(listener)
    },
    async untilReady(signal) {
      await main.untilReady(signal)
      // Without them the first question would be offered less. Later they are not waited for: the rest goes on.
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
      clusterState.close()
      await Promise.all(sessions.map((session) => session.close()))
    },
  }
}

/** An error of one call may be one of all: our own server tells by its state. */
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
