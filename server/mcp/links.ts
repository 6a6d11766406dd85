/** The MCP sessions of one identity: one that reads and, if changes go through another server, one for those. */
import type { ClusterStateSource } from './cluster-state'
import { ClusterWatch } from './cluster-state'
import { composeToolboxes } from './compose'
import { McpSession } from './session'
import type { SessionCredentials, SessionOptions, SessionStatus } from './session-options'
import { createToolbox } from './toolbox'
import type { McpEndpoint } from './transport'
import type { Toolbox } from './types'

export interface LinkEndpoint {
  endpoint: McpEndpoint
  credentials?: SessionCredentials
}

export interface McpLinksOptions extends Pick<SessionOptions, 'log' | 'clientInfo' | 'timing'> {
  reads: LinkEndpoint
  /** Absent: what changes the cluster goes through `reads`, too. */
  changes?: LinkEndpoint
  /** Names of arguments that the model is never shown. */
  hiddenArguments: ReadonlySet<string>
}

export interface McpLinks {
  readonly reads: McpSession
  readonly changes: McpSession | undefined
  /** What the model is offered, and what previews call beside it. */
  readonly toolbox: Toolbox
  /** The tools of the server that changes things, its reads included: what previews know. */
  readonly changesToolbox: Toolbox
  readonly clusterState: ClusterStateSource
  sessions: () => SessionStatus[]
  onChange: (listener: () => void) => void
  /** Waits for the session that reads, and at the start for both. @throws McpUnavailableError */
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
  const reads = open(options.reads)
  const changes = options.changes && open(options.changes)
  const clusterState = new ClusterWatch(reads)
  const readsToolbox = reportingErrors(createToolbox(reads, hiddenArguments), () => void clusterState.read())
  const changesToolbox = changes ? createToolbox(changes, hiddenArguments) : readsToolbox
  const sessions = changes ? [reads, changes] : [reads]
  for (const session of sessions) session.start()
  clusterState.start()
  return {
    reads,
    changes,
    toolbox: changes ? composeToolboxes(readsToolbox, changesToolbox) : readsToolbox,
    changesToolbox,
    clusterState,
    sessions: () => sessions.map((session) => session.status()),
    onChange(listener) {
      for (const session of sessions) session.onChange(listener)
      clusterState.onChange(listener)
    },
    async untilReady(signal) {
      await reads.untilReady(signal)
      // Without it the first question would be offered no change. Later it is not waited for: reading goes on.
      if (changes?.status().state === 'connecting') await changes.untilReady(signal).catch(() => undefined)
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
