/** The only list of the variables that the application and the MCP server read. */
import { z } from 'zod'
import { aboutVariables } from './about'
import type { VariableInfo } from './about'
import { changeVariables } from './changes'
import { clusterVariables, mcpVariables } from './cluster'
import { limitVariables } from './limits'
import { loginVariables } from './login'
import { modelVariables } from './model'
import { operationVariables } from './operation'
import { mcpProgramVariables, platformVariables } from './programs'
import { serverVariables } from './server'

export const environmentSchema = z.object({
  ...serverVariables,
  ...loginVariables,
  ...modelVariables,
  ...mcpVariables,
  ...clusterVariables,
  ...changeVariables,
  ...limitVariables,
  ...operationVariables,
  ...mcpProgramVariables,
  ...platformVariables,
})

export type Environment = z.output<typeof environmentSchema>
export type VariableName = keyof Environment

export interface Variable extends VariableInfo {
  name: string
  schema: z.ZodType
}

/** All variables in documentation order. */
export const variables: readonly Variable[] = Object.entries(environmentSchema.shape).map(([name, schema]) => {
  const info = aboutVariables.get(schema)
  if (!info) throw new Error(`Nothing is known of ${name}: wrap its schema in variable().`)
  return { name, schema, ...info }
})
