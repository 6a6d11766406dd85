/** Facts about an MCP server's tools. */

import type { ServerId } from '#shared/mcp-servers'
import type { Message } from '#shared/messages/message'

export type { ServerId }

export type Arguments = Record<string, unknown>

export type Effect = 'read' | 'write'

/** Why a tool is denied by default. */
export interface Ban {
  why: Message
  /** The operator may turn it into a write with approval. */
  canBeWrite: boolean
}

/** Targets of a call that the common arguments do not name. */
export interface ToolTarget {
  /** The canonical kind, for tools whose arguments name none. */
  kind?: string
  /** Concerns nodes or namespaces, and nothing inside a namespace. */
  clusterWide?: true
  /** Concerns API documentation and no object: `secret` is only a word there. */
  isDocumentation?: true
  /** The argument with the name; `name` by default. */
  name?: string
  /** The argument with a manifest, as text or object. */
  manifest?: string
  /** True if the call covers all namespaces; by default `allNamespaces` or `all_namespaces` decides. */
  coversAllNamespaces?: (args: Arguments) => boolean
  /** Other words in the arguments that may name a kind. */
  kindWords?: (args: Arguments) => string[]
}

export interface KnownTool {
  /** A function if it depends on the arguments. */
  effect: Effect | ((args: Arguments) => Effect)
  /** Set: the tool is denied. */
  ban?: Ban
  target?: ToolTarget
  /** Deletes or drains: the name must be typed if several objects are affected. */
  removes?: 'object' | 'release' | 'node'
  /** The arguments to send, with our own bounds and formats. */
  defaults?: (args: Arguments) => Arguments
  /**
   * Refuses arguments of a read that would lead elsewhere.
   * @returns the reason as a sentence
   */
  checkRead?: (args: Arguments) => Message | undefined
  /** Rejects arguments of a write that the server would carry out in another way than they say. */
  checkWrite?: (args: Arguments) => Message | undefined
  /** Where not all tools are offered at once, those with a lower rank come first; absent: last. */
  rank?: number
  /** Added on request with its group where not all tools are offered at once. */
  group?: 'changes' | 'reads' | 'nodes' | 'helm'
  /** Its text is always a log. */
  isLog?: true
  /** Our own server's equivalent tool. */
  replacedBy?: string
}

export interface KnownServer {
  id: ServerId
  /** Its names at initialize. */
  names: readonly string[]
  tools: Readonly<Record<string, KnownTool>>
  /** Optional arguments in a tool's short form for small windows. */
  everydayArguments: readonly string[]
  /** Its `structuredContent` follows shared/result.ts. */
  isStructured?: true
  /** It starts no program, so a leading dash cannot become a flag, and it validates names itself. */
  isInProcess?: true
  /** It plans changes before approval and runs only the approved plan: see `shared/changes/change.ts`. */
  plansChanges?: true
  /** Reads the target of a write for a server without previews: the object, and its table row. */
  read?: (target: ObjectTarget) => { object: ReadCall; row: ReadCall } | undefined
}

/** An object as named by a call's arguments. */
export interface ObjectTarget {
  apiVersion?: string | undefined
  kind: string
  name: string
  namespace?: string | undefined
}

export interface ReadCall {
  tool: string
  arguments: Arguments
}
