/** Commands are read by code that is loaded with the first of them. */
import type { CompleteCommand } from '#shared/commands/read-command'
import type { CompleteRunbook } from '#shared/commands/runbook'

export type TypedCommand =
  | { type: 'command'; complete: CompleteCommand }
  | { type: 'runbook'; complete: CompleteRunbook }
  /** It lacks something, or has a word too many; `usage` is how it is written. */
  | { type: 'wrong'; usage: string }

/** @returns undefined if the text is a question */
export async function typedCommand(text: string): Promise<TypedCommand | undefined> {
  if (!text.trimStart().startsWith('/')) return undefined
  const [{ readCommand }, { readRunbook, runbookUsage }] = await Promise.all([
    import('#shared/commands/read-command'),
    import('#shared/commands/runbook'),
  ])
  const command = readCommand(text)
  if (command && 'input' in command) return { type: 'command', complete: command }
  if (command) return { type: 'wrong', usage: `/${command.command.name} ${command.command.usage}` }
  const runbook = readRunbook(text, await useRunbookStore().load(), useScopeStore().namespace)
  if (!runbook) return undefined
  if ('problem' in runbook) return { type: 'wrong', usage: runbookUsage(runbook.runbook) }
  return { type: 'runbook', complete: runbook }
}
