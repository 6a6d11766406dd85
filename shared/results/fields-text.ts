/** A result of a kind without a text of its own, for the model: its fields, one a line. */
import { fitsInTokens } from './tokens'

const LEFT_OUT = '(the rest is left out)'

/** Fields shown for every result, or useless to the model. */
const ABOUT = new Set(['kind', 'cluster', 'asOf', 'coverage'])

/**
 * @param data its notes on coverage come first: gaps in coverage must not be cut
 * @returns at most an estimated `maxTokens`; the last line reports an omission
 */
export function fieldsText(
  data: { coverage?: { notes: { text: string }[] } },
  { maxTokens }: { maxTokens: number },
): string {
  const notes = (data.coverage?.notes ?? []).map(({ text }) => text)
  const fields = Object.entries(data).filter(([name]) => !ABOUT.has(name))
  const lines = [...notes, ...fields.flatMap(([name, value]) => linesOf(name, value))]
  if (fitsInTokens(lines.join('\n'), maxTokens)) return lines.join('\n')
  while (lines.length > 1 && !fitsInTokens([...lines, LEFT_OUT].join('\n'), maxTokens)) lines.pop()
  return [...lines, LEFT_OUT].join('\n')
}

/** A list takes a line for each item, so that it can be cut between two. */
function linesOf(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return [`${name}:`, ...value.map((item: unknown) => `- ${plain(item)}`)]
  return [`${name}: ${plain(value)}`]
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
