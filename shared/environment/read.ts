/** Validates a program's environment and reports all problems at once. */
import type { Program } from './about'
import { environmentSchema, variables } from './schema'
import type { Environment } from './schema'

export type RawEnvironment = Readonly<Record<string, string | undefined>>

export interface EnvironmentProblem {
  variable: string
  /** Follows the name, e.g. `"x" is not a port`. Never contains a secret value. */
  problem: string
}

export interface ReadEnvironment {
  /** Variables with a problem count as unset. */
  environment: Environment
  problems: readonly EnvironmentProblem[]
}

/** @param ignored names of variables to skip */
export function readEnvironment(
  env: RawEnvironment,
  program: Program,
  ignored: ReadonlySet<string> = new Set(),
): ReadEnvironment {
  const known = variables.filter(({ name, programs }) => programs.includes(program) && !ignored.has(name))
  const set = new Map<string, string>()
  for (const { name } of known) {
    const value = env[name]?.trim()
    // Compose files and charts set empty variables.
    if (value) set.set(name, value)
  }
  const parsed = environmentSchema.safeParse(Object.fromEntries(set))
  if (parsed.success) return { environment: parsed.data, problems: [] }
  const problems = new Map<string, string>()
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0])
    if (!problems.has(name)) problems.set(name, message)
    set.delete(name)
  }
  return {
    environment: environmentSchema.parse(Object.fromEntries(set)),
    problems: [...problems].map(([variable, problem]) => ({ variable, problem })),
  }
}

/** @returns one line for each problem */
export function problemText(problems: readonly EnvironmentProblem[]): string {
  return problems.map(({ variable, problem }) => `${variable}: ${problem}`).join('\n')
}
