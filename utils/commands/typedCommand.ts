/** Commands are read by code that is loaded with the first of them. */
import type { ReadCommand } from './readCommand'

/** @returns undefined if the text is a question */
export async function typedCommand(text: string): Promise<ReadCommand | undefined> {
  if (!text.trimStart().startsWith('/')) return undefined
  const { readCommand } = await import('./readCommand')
  return readCommand(text)
}
