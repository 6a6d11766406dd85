/** Options and status of the MCP session. */
import type { Message } from '#shared/messages/message'
import type { McpState } from '#shared/health'
import type { McpEndpoint } from '../connection/transport'

export interface SessionLog {
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  debug: (fields: object, message: string) => void
}

/** Credentials of a program that we start. */
export interface SessionCredentials {
  /**
   * Called before each request.
   * @returns a number that grows when they are renewed: a program started earlier is restarted
   * @throws Error with a message for the user if no call may be made
   */
  fresh: () => Promise<number>
  /** Why no call may be made, if so. */
  readonly problem: Message | undefined
}

export interface SessionOptions {
  endpoint: McpEndpoint
  /** Absent: the server has its own. */
  credentials?: SessionCredentials | undefined
  log: SessionLog
  /** Our name and version at initialize. */
  clientInfo: { name: string; version: string }
  timing?: Partial<SessionTiming>
}

/** In milliseconds, except `attempts`. */
export interface SessionTiming {
  connectMs: number
  callMs: number
  /** Well under the 300 s after which undici drops a silent stream. */
  pingEveryMs: number
  pingMs: number
  backoffMs: number
  backoffMaxMs: number
  /** Consecutive failures that count as `down`; attempts continue at the slow pace. */
  attempts: number
  slowMs: number
  /** Pause between closing an SSE stream and opening the next: mcp-server-kubernetes exits on a faster reconnect. */
  sseGapMs: number
  /** How long a call waits for a session that is being opened. */
  waitMs: number
  /** After this time a session counts as steady even without a request. */
  steadyMs: number
}

export const DEFAULT_TIMING: SessionTiming = {
  connectMs: 15_000,
  callMs: 30_000,
  pingEveryMs: 60_000,
  pingMs: 10_000,
  backoffMs: 250,
  backoffMaxMs: 4_000,
  attempts: 6,
  slowMs: 15_000,
  sseGapMs: 600,
  waitMs: 10_000,
  steadyMs: 5_000,
}

export interface SessionStatus {
  state: McpState
  transport: McpEndpoint['transport']
  server?: { name: string; version: string }
  /** Set unless the state is `ready`. */
  reason?: Message
  tools: number
  /** Sessions opened since the start, including the first. */
  sessions: number
  /** Time of the last state change, in milliseconds since the epoch. */
  since: number
}
