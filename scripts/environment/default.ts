/** The default of a variable, for people. */
import { z } from 'zod'
import type { Program } from '../../shared/environment/about'
import type { Variable } from '../../shared/environment/schema'
import { DEFAULT_PORT } from '../../shared/environment/server'

/** @returns the value as the environment would hold it; undefined if there is none */
export function defaultValue(variable: Variable, program: Program = 'app'): string | undefined {
  if (variable.name === 'PORT') return String(DEFAULT_PORT[program])
  const parsed = variable.schema.safeParse(undefined)
  const value = z.union([z.string(), z.number()]).safeParse(parsed.data)
  return value.success ? String(value.data) : undefined
}

/** In Markdown; empty if nothing holds. */
export function defaultText(variable: Variable, program: Program): string {
  if (variable.otherwise !== undefined && variable.name !== 'PORT') return variable.otherwise
  const value = defaultValue(variable, program)
  return value === undefined ? '' : `\`${value}\``
}
