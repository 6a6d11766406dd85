/** The JSON schema of every tool's `structuredContent`, in the form that MCP and the SDK's validator accept. */
import { z } from 'zod'
import { changeOutcomeSchema, changePlanSchema, changeSplitSchema } from '../../shared/change'
import { toolDataSchema } from '../../shared/result'

let computed: OutputSchema | undefined
let computedOfChanges: OutputSchema | undefined

export interface OutputSchema {
  /** MCP wants an object at the root; the alternatives stand beside it. */
  type: 'object'
  [keyword: string]: unknown
}

/** Computed once, at the first `tools/list`. */
export function outputSchema(): OutputSchema {
  return (computed ??= jsonSchema(toolDataSchema))
}

/** Of writing tools: a plan, a split, an outcome, or an error; and of those that also read, what reading ones answer. */
export function changeOutputSchema(): OutputSchema {
  const changes = [changePlanSchema, changeSplitSchema, changeOutcomeSchema] as const
  return (computedOfChanges ??= jsonSchema(z.union([...changes, toolDataSchema])))
}

function jsonSchema(data: z.ZodType): OutputSchema {
  // Draft 7 is what the SDK's validator compiles; it does not know the `$schema` of a newer one.
  const { $schema: _, ...schema } = z.toJSONSchema(data, { target: 'draft-7', io: 'input', reused: 'ref' })
  return { ...schema, type: 'object' }
}
