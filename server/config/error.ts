import { problemText } from '#shared/environment/read'
import type { EnvironmentProblem } from '#shared/environment/read'

/** Invalid settings, all of them: the process does not start. */
export class ConfigError extends Error {
  readonly problems: readonly EnvironmentProblem[]

  constructor(...problems: readonly EnvironmentProblem[]) {
    super(problemText(problems))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Why the process does not start. Errors that the operator can correct need no stack. */
export function startProblem(error: unknown): string {
  const start = 'K8s AI Assistant cannot start.'
  if (error instanceof ConfigError) return `${start}${error.problems.length > 1 ? '\n' : ' '}${error.message}\n`
  return `${start} ${error instanceof Error ? error.stack : String(error)}\n`
}
