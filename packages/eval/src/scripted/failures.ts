/** The list of failures that a scripted model plays; failures.yaml describes each. */
import { join } from 'node:path'
import { z } from 'zod'
import type { LoadedTask } from '../task/load'
import { problemsOf, readYaml, TaskError } from '../task/load'
import { outputSchema } from './output'

const failureSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.string(),
  /** The public report or issue that shows it. */
  source: z.string(),
  /** Whether a harness can bring the model to a right answer. */
  recoverable: z.boolean(),
  /** The task in which the model fails so. */
  task: z.string(),
  /** The step of the solution that it fails to take. */
  at: z.int().nonnegative().default(0),
  /** What it writes instead, in this order. */
  outputs: z.array(outputSchema).min(1),
  /** When it continues with the solution: after any repeat, after a request with something new in it, or never. */
  until: z.enum(['repeated', 'corrected', 'never']).default('corrected'),
  /** A text that the model must have been shown to continue, e.g. a row that it asked for wrongly. */
  seen: z.string().optional(),
})
export type Failure = z.output<typeof failureSchema>

const FILE = 'failures.yaml'

/**
 * @param folder of the package
 * @throws TaskError
 */
export function loadFailures(folder: string, tasks: readonly LoadedTask[]): Failure[] {
  const problems: string[] = []
  const parsed = z.array(failureSchema).safeParse(readYaml(join(folder, FILE), FILE, problems))
  if (!parsed.success) problems.push(...problemsOf(FILE, parsed.error))
  const ids = new Set<string>()
  for (const { id, task } of parsed.data ?? []) {
    if (ids.has(id)) problems.push(`${FILE}: ${id}: the id occurs twice`)
    if (!tasks.some((each) => each.id === task)) problems.push(`${FILE}: ${id}: task: there is no task ${task}`)
    ids.add(id)
  }
  if (problems.length > 0) throw new TaskError(problems)
  return parsed.data ?? []
}
