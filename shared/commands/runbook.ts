/** The operator's runbooks: commands of the prompt that run several reads, one after another, without the model. */
import { z } from 'zod'
import { readCommand, type CompleteCommand } from './read-command'
import { runbookTitleSchema } from './runbook-title'

export const runbookSchema = z.object({
  /** The command, without `/`. */
  name: z.string(),
  title: runbookTitleSchema,
  /** What follows the command's name, in this order. */
  arguments: z.array(z.string()),
  /** Commands of the prompt; `{namespace}` stands for the argument `namespace`. */
  steps: z.array(z.string()),
  /** A question to the model after the steps. */
  ask: z.string().optional(),
  /** Markdown, shown above the results. */
  text: z.string().optional(),
})
export type Runbook = z.infer<typeof runbookSchema>

/** What `GET /api/runbooks` answers. */
export const runbooksSchema = z.object({ runbooks: z.array(runbookSchema) })
export type Runbooks = z.infer<typeof runbooksSchema>

const PLACEHOLDER = /\{([^{}]*)\}/g
/** Names, `kind/name`, durations: one word that is not a flag, so that a value stays one argument of its command. */
const VALUE = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}$/

export interface CompleteRunbook {
  runbook: Runbook
  steps: CompleteCommand[]
  ask?: string
}

export type ReadRunbook = CompleteRunbook | { runbook: Runbook; problem: 'missing' | 'extra' | 'value' }

/**
 * Reads `/cart-down shop`.
 * @param chosen the namespace on the page, for an argument `namespace` that is left out
 * @returns undefined if no runbook has this name
 */
export function readRunbook(text: string, runbooks: readonly Runbook[], chosen?: string): ReadRunbook | undefined {
  const [head = '', ...words] = text.trim().split(/\s+/)
  const runbook = runbooks.find((each) => head === `/${each.name}`)
  if (!runbook || /\n/.test(text.trim())) return undefined
  const { arguments: names } = runbook
  const at = names.indexOf('namespace')
  if (words.length === names.length - 1 && at >= 0 && chosen !== undefined) words.splice(at, 0, chosen)
  if (words.length < names.length) return { runbook, problem: 'missing' }
  if (words.length > names.length) return { runbook, problem: 'extra' }
  if (!words.every((word) => VALUE.test(word))) return { runbook, problem: 'value' }
  const values = new Map(names.map((each, index) => [each, words[index] ?? '']))
  const steps: CompleteCommand[] = []
  for (const step of runbook.steps) {
    const read = readCommand(withValues(step, values))
    if (!read || 'problem' in read) return { runbook, problem: 'value' }
    steps.push(read)
  }
  return { runbook, steps, ...(runbook.ask !== undefined && { ask: withValues(runbook.ask, values) }) }
}

/** How a runbook is written. */
export function runbookUsage({ name: own, arguments: names }: Runbook): string {
  return [`/${own}`, ...names].join(' ')
}

/** @returns the names of the placeholders in a text */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
}

/** @returns the text with its placeholders replaced; one without a value stays */
export function withValues(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (written, name: string) => values.get(name) ?? written)
}
