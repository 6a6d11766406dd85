/** What the corpus is made of: a hostile input, and what must not come of it. */

/** Where an input is let in, and what kind of harm it tries. */
export type Kind =
  | 'injection'
  | 'disguised write'
  | 'smuggling'
  | 'other context'
  | 'path'
  | 'size'
  | 'markers'
  | 'invisible'
  | 'request'
  | 'approval'
  | 'history'
  | 'secret'
  | 'page'

export interface Hostile {
  /** E.g. `K07`; unique in the corpus. */
  id: string
  kind: Kind
  /** Description of the attack for the table. */
  tried: string
}

/** Which MCP server has the tool. `own`: the servers that come with the product, ours for reading. */
export type Server = 'own' | 'kubernetes-mcp-server' | 'mcp-server-kubernetes'

/** A call of a model that obeys somebody else. Arguments as text are sent as they are. */
export interface HostileCall extends Hostile {
  server: Server
  call: [tool: string, args: object | string]
  /**
   * `refused`: it reaches nothing; `asked`: a person is asked, and without them nothing runs; `read`: it may read, and shows
   * nothing that it must not.
   */
  gets: 'refused' | 'asked' | 'read'
}
