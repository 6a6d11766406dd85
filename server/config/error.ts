import { problemText } from '#shared/environment/read'
import type { EnvironmentProblem } from '#shared/environment/read'

/** Wrong settings: the process does not start, and names all of them. */
export class ConfigError extends Error {
  readonly problems: readonly EnvironmentProblem[]

  constructor(...problems: readonly EnvironmentProblem[]) {
    super(problemText(problems))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Why the process does not start. What a person can correct needs no stack. */
export function startProblem(error: unknown): string {
  const start = 'K8s AI Assistant cannot start.'
  if (error instanceof ConfigError) return `${start}${error.problems.length > 1 ? '\n' : ' '}${error.message}\n`
  return `${start} ${error instanceof Error ? error.stack : String(error)}\n`
}
