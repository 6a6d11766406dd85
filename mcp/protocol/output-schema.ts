/** The JSON schema of every tool's `structuredContent`, in the form that MCP and the SDK's validator accept. */
import { z } from 'zod'
import { toolDataSchema } from '../../shared/result'

let computed: OutputSchema | undefined

export interface OutputSchema {
  /** MCP wants an object at the root; the alternatives stand beside it. */
  type: 'object'
  [keyword: string]: unknown
}

/** Computed once, at the first `tools/list`. */
export function outputSchema(): OutputSchema {
  if (computed) return computed
  // Draft 7 is what the SDK's validator compiles; it does not know the `$schema` of a newer one.
  const { $schema: _, ...schema } = z.toJSONSchema(toolDataSchema, { target: 'draft-7', io: 'input', reused: 'ref' })
  computed = { ...schema, type: 'object' }
  return computed
}
