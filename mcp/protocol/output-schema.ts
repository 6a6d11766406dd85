/** JSON Schemas of the tools' `structuredContent`, in the dialect that MCP and the SDK's validator accept. */
import { z } from 'zod'
import { changeOutcomeSchema, changePlanSchema, changeSplitSchema } from '../../shared/changes/change'
import { toolDataSchema } from '../../shared/result'

let computed: OutputSchema | undefined
let computedOfChanges: OutputSchema | undefined

export interface OutputSchema {
  /** MCP requires an object at the root; the alternatives follow in `oneOf`. */
  type: 'object'
  [keyword: string]: unknown
}

/** Computed once, at the first `tools/list`. */
export function outputSchema(): OutputSchema {
  return (computed ??= jsonSchema(toolDataSchema))
}

/** For writing tools: plan, split, outcome or error, and read results for tools that also read. */
export function changeOutputSchema(): OutputSchema {
  const changes = [changePlanSchema, changeSplitSchema, changeOutcomeSchema] as const
  return (computedOfChanges ??= jsonSchema(z.union([...changes, toolDataSchema])))
}

function jsonSchema(data: z.ZodType): OutputSchema {
  // The SDK's validator compiles draft 7 and rejects a newer `$schema`.
  const { $schema: _, ...schema } = z.toJSONSchema(data, { target: 'draft-7', io: 'input', reused: 'ref' })
  return { ...schema, type: 'object' }
}
