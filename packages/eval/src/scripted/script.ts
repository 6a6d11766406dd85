/** What a scripted model writes for a task: its solution, with failures in between. */
import type { SolutionStep, Task } from '../task/schema'
import type { Output } from './output'

/** When a model mends a failure: in any repeat, in a request with something new in it, or never. */
export type Until = 'repeated' | 'corrected' | 'never'

/** `seen`: a text in the request that lets the model leave the failure and those after it. */
export type Play =
  { kind: 'step'; step: SolutionStep } | { kind: 'failure'; output: Output; until: Until; seen?: string }

export interface Script {
  questions: readonly string[]
  /** For each question; the last one repeats. */
  plays: readonly (readonly Play[])[]
}

/** @param failures come before the step of this index */
export function scriptOf({ questions, solution }: Task, failures: readonly Play[] = [], at = 0): Script {
  const plays: Play[][] = [[]]
  for (const [index, step] of solution.entries()) {
    if (index === at) plays.at(-1)?.push(...failures)
    plays.at(-1)?.push({ kind: 'step', step })
    if ('answer' in step) plays.push([])
  }
  return { questions, plays }
}
