/** Collects what is wrong with the settings, so that all of it is reported at once. */
import type { EnvironmentProblem } from '#shared/environment/read'
import type { VariableName } from '#shared/environment/schema'

export class Problems {
  private readonly found = new Map<string, string>()

  constructor(problems: readonly EnvironmentProblem[] = []) {
    for (const { variable, problem } of problems) this.found.set(variable, problem)
  }

  /**
   * @param problem follows the variable's name and a colon; never holds the value of a secret
   * @param because other variables that the problem depends on: nothing is certain if these are wrong themselves
   */
  add(variable: VariableName, problem: string, because: readonly VariableName[] = []): void {
    if ([variable, ...because].some((name) => this.found.has(name))) return
    this.found.set(variable, problem)
  }

  list(): EnvironmentProblem[] {
    return [...this.found].map(([variable, problem]) => ({ variable, problem }))
  }
}
