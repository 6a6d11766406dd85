/** Collects problems with the settings, to report all at once. */
import type { EnvironmentProblem } from '#shared/environment/read'
import type { VariableName } from '#shared/environment/schema'

export class Problems {
  private readonly found = new Map<string, string>()

  constructor(problems: readonly EnvironmentProblem[] = []) {
    for (const { variable, problem } of problems) this.found.set(variable, problem)
  }

  /**
   * @param problem follows the variable's name and a colon; never contains a secret
   * @param because variables that the problem depends on: if these are invalid, the problem is uncertain and not
   * reported
   */
  add(variable: VariableName, problem: string, because: readonly VariableName[] = []): void {
    if ([variable, ...because].some((name) => this.found.has(name))) return
    this.found.set(variable, problem)
  }

  list(): EnvironmentProblem[] {
    return [...this.found].map(([variable, problem]) => ({ variable, problem }))
  }
}
