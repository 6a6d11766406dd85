/** Metadata of environment variables for the tables, the example file and the checks. */
import { z } from 'zod'

/** The programs that read the environment: the application, and the Kubernetes MCP server. */
export type Program = 'app' | 'mcp'

/** The headings of the documentation, in their order. */
export const groups = {
  server: 'Server',
  login: 'Login',
  model: 'Model',
  mcp: 'MCP server',
  cluster: 'Cluster',
  changes: 'Changes',
  limits: 'Limits',
  operation: 'Operation',
  'mcp-program': 'The MCP server as a program of its own',
  platform: 'Set by the platform',
} as const
export type Group = keyof typeof groups

export interface VariableInfo {
  group: Group
  /** One sentence in Markdown, for the documentation. */
  text: string
  /** What holds if it is not set, in Markdown; absent: the default of its schema, or nothing. */
  otherwise?: string
  /** Its value never appears in a message, and no child process receives it. */
  secret?: true
  programs: readonly Program[]
  /** The application passes it to the MCP servers that it starts. */
  forChildren?: true
  /** `DEMO=1` overrides it, including invalid values. */
  ignoredInDemo?: true
  /** Listed in the README. */
  common?: true
  /** For `.env.example`, if there is no default. */
  example?: string
}

export const aboutVariables = z.registry<VariableInfo>()

/** Attaches metadata to a variable's schema. */
export function variable<S extends z.ZodType>(schema: S, info: VariableInfo): S {
  aboutVariables.add(schema, info)
  return schema
}
