/** What the MCP session is told when it is made, and what it tells of itself. */
import type { McpState } from '#shared/health'
import type { McpEndpoint } from '../connection/transport'

export interface SessionLog {
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  debug: (fields: object, message: string) => void
}

/** The credentials of a program that we start. */
export interface SessionCredentials {
  /**
   * Called before each request.
   * @returns a number that grows when they are renewed: a program that was started before is started again
   * @throws Error with a sentence for a person if no call may be made with them
   */
  fresh: () => Promise<number>
  /** Why no call may be made now, if so. */
  readonly problem: string | undefined
}

export interface SessionOptions {
  endpoint: McpEndpoint
  /** Absent: the server has its own. */
  credentials?: SessionCredentials | undefined
  log: SessionLog
  /** Name and version we give at initialize. */
  clientInfo: { name: string; version: string }
  timing?: Partial<SessionTiming>
}

/** All in milliseconds, but `attempts`. */
export interface SessionTiming {
  connectMs: number
  callMs: number
  /** Well under the 300 s after which undici drops a stream without traffic. */
  pingEveryMs: number
  pingMs: number
  backoffMs: number
  backoffMaxMs: number
  /** Failures in a row after which the state is `down`; it is tried on, at the slow pace. */
  attempts: number
  slowMs: number
  /** Between closing an SSE stream and opening the next: mcp-server-kubernetes exits on a faster reconnect. */
  sseGapMs: number
  /** How long a call waits for a session that is being built. */
  waitMs: number
  /** After how long a session without a request counts as steady. */
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
  /** In words, where the state is not `ready`. */
  reason?: string
  tools: number
  /** Sessions opened since the start; 1 is the first. */
  sessions: number
  /** Milliseconds since the epoch, of the last change of state. */
  since: number
}
