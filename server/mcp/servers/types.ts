/** What the application knows of an MCP server's tools. */

/** Our names of the known servers; a server's name at initialize may differ. */
export const SERVER_IDS = ['k8s-ai-assistant-mcp', 'kubernetes-mcp-server', 'mcp-server-kubernetes'] as const
export type ServerId = (typeof SERVER_IDS)[number]

export type Arguments = Record<string, unknown>

export type Effect = 'read' | 'write'

/** Why a tool is denied unless the operator says otherwise. */
export interface Ban {
  why: string
  /** The operator may make it a write that a person approves. */
  canBeWrite: boolean
}

/** What a call touches, as far as it is not in the arguments that all tools share. */
export interface ToolTarget {
  /** The kind, for tools whose arguments do not name one; in its canonical form. */
  kind?: string
  /** It is about nodes or namespaces, and about nothing inside a namespace. */
  clusterWide?: true
  /** It is about the API and about no object: `secret` is a word of the documentation there. */
  isDocumentation?: true
  /** The argument that holds the name; by default `name`. */
  name?: string
  /** The argument that holds a manifest, as text or as an object. */
  manifest?: string
  /** True if the call covers all namespaces; by default `allNamespaces` or `all_namespaces` tells. */
  coversAllNamespaces?: (args: Arguments) => boolean
  /** Further words in the arguments that may name a kind. */
  kindWords?: (args: Arguments) => string[]
}

export interface KnownTool {
  /** A function if it depends on the arguments. */
  effect: Effect | ((args: Arguments) => Effect)
  /** Present: the tool is denied. */
  ban?: Ban
  target?: ToolTarget
  /** It deletes, or drains a node: what it names has to be typed if more than one object goes. */
  removes?: 'object' | 'release' | 'node'
  /** The arguments as they are sent: bounds and formats that we set ourselves. */
  defaults?: (args: Arguments) => Arguments
  /** Refuses arguments of a read that would lead elsewhere. @returns the reason as a sentence */
  checkRead?: (args: Arguments) => string | undefined
  /** Under a small window, tools with a lower rank are offered first; absent: last. */
  rank?: number
  /** Its text is a log, whatever it looks like. */
  isLog?: true
  /** The tool of our own server that does the same. */
  replacedBy?: string
}

export interface KnownServer {
  id: ServerId
  /** Names that it gives at initialize. */
  names: readonly string[]
  tools: Readonly<Record<string, KnownTool>>
  /** Optional arguments that are kept in the short form of a tool, for small windows. */
  everydayArguments: readonly string[]
  /** Its `structuredContent` is that of shared/result.ts. */
  isStructured?: true
  /** It runs no other program, so that a word which begins with a dash cannot become a flag, and it checks names itself. */
  isInProcess?: true
  /** A change is planned by it before it is asked for, and runs as it was planned or not at all: see `shared/change.ts`. */
  plansChanges?: true
  /** The call that reads what a write touches, of a server that cannot preview: as it is, and as a row of a table. */
  read?: (target: ObjectTarget) => { object: ReadCall; row: ReadCall } | undefined
}

/** An object as the arguments of a call name it. */
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
