/** The part of a prompt's text that is being typed and can be completed. */
import { commands, type Command } from '#shared/commands/command-list'
import type { Runbook } from '#shared/commands/runbook'

export type PromptToken = {
  /** The range that a suggestion replaces. */
  start: number
  end: number
  /** The letters so far, without `/` and `@`. */
  typed: string
} & ({ type: 'command' | 'mention' | 'namespace' } | { type: 'argument'; command: Command })

/** @param caret index in the text */
export function promptTokenAt(text: string, caret: number, runbooks: readonly Runbook[] = []): PromptToken | undefined {
  const before = text.slice(0, caret)
  const start = before.search(/\S*$/)
  const word = before.slice(start)
  const range = { start, end: caret }
  if (text.startsWith('/') && !text.includes('\n')) {
    if (start === 0) return { type: 'command', ...range, typed: word.slice(1) }
    const [head = '', ...words] = before.slice(0, start).trim().split(/\s+/)
    const command = commands.find(({ name }) => head === `/${name}`)
    if (!command) {
      const names = runbooks.find(({ name }) => head === `/${name}`)?.arguments
      return names?.[words.length] === 'namespace' ? { type: 'namespace', ...range, typed: word } : undefined
    }
    if (/^(?:-n|--namespace)$/.test(words.at(-1) ?? '')) return { type: 'namespace', ...range, typed: word }
    if (command.completes === 'nothing' || words.length > 0 || word.startsWith('-')) return undefined
    return { type: 'argument', command, ...range, typed: word }
  }
  return word.startsWith('@') ? { type: 'mention', ...range, typed: word.slice(1) } : undefined
}
