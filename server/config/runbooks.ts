/** `RUNBOOKS_FILE`: the operator's runbooks. */
import { readFileSync } from 'node:fs'
import { commands } from '#shared/commands/command-list'
import { readCommand } from '#shared/commands/read-command'
import { placeholdersOf, runbookSchema, withValues, type Runbook } from '#shared/commands/runbook'
import { titleSchemaOf } from '#shared/commands/runbook-title'
import type { Environment } from '#shared/environment/schema'
import { LOCALES } from '#shared/locales'
import { z } from 'zod'
import type { Problems } from './problems'
import { parseYamlFile, YamlFileError } from './yaml-file'

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be at most 40 lower-case letters, digits and hyphens, such as cart-down')
const line = (most: number) => z.string().trim().min(1).max(most).regex(/^.*$/, 'must be one line')
const title = titleSchemaOf(line(120))

/** Stricter than what the page accepts. */
const fileSchema = z.strictObject({
  runbooks: z
    .array(
      z.strictObject({
        name: name.refine((text) => commands.every((command) => command.name !== text), 'is a command already'),
        title: z.union([line(120).transform((en) => ({ en })), title], {
          error: `must be a text of one line, or its texts by language: { ${LOCALES.join(', ')} }`,
        }),
        arguments: z.array(name).max(5).default([]),
        steps: z.array(line(300)).min(1, 'needs at least one command').max(10),
        ask: line(2000).optional(),
        text: z.string().max(8000).optional(),
      }),
    )
    .max(100)
    .default([]),
})

export function readRunbooks({ RUNBOOKS_FILE: path }: Environment, problems: Problems): Runbook[] {
  if (path === undefined) return []
  try {
    return parseRunbooks(readFileSync(path, 'utf8'))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    problems.add('RUNBOOKS_FILE', error instanceof YamlFileError ? `${path}, ${message}` : message)
    return []
  }
}

/** @throws YamlFileError naming line and field */
export function parseRunbooks(text: string): Runbook[] {
  const { value, mistake } = parseYamlFile(text, fileSchema)
  return value.runbooks.map((written, index) => {
    const runbook = runbookSchema.parse(written)
    if (value.runbooks.findIndex((each) => each.name === runbook.name) < index)
      throw mistake(['runbooks', index, 'name'], `${runbook.name} is there twice`)
    for (const [at, step] of runbook.steps.entries()) {
      const problem = stepProblem(step, runbook.arguments)
      if (problem !== undefined) throw mistake(['runbooks', index, 'steps', at], problem)
    }
    const used = [...runbook.steps, runbook.ask ?? ''].flatMap(placeholdersOf)
    for (const [at, each] of runbook.arguments.entries())
      if (runbook.arguments.indexOf(each) < at || !used.includes(each))
        throw mistake(['runbooks', index, 'arguments', at], 'is there twice, or no step uses it')
    return runbook
  })
}

/** @returns why a step is not a command of the prompt, or which placeholder has no argument */
function stepProblem(step: string, names: readonly string[]): string | undefined {
  const unknown = placeholdersOf(step).find((each) => !names.includes(each))
  if (unknown !== undefined) return `{${unknown}} is not one of the arguments`
  const read = readCommand(withValues(step, new Map(names.map((each) => [each, 'x']))))
  if (!read) return `must begin with ${commands.map((command) => `/${command.name}`).join(', ')}`
  return 'problem' in read ? `does not have the form /${read.command.name} ${read.command.usage}` : undefined
}
