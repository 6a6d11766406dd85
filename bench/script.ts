/** The simulated model's instructions, embedded in the question, so that they pass through every layer. */
import { z } from 'zod'

export const scriptSchema = z.discriminatedUnion('kind', [
  /** One stamped token at once, the rest a moment later. */
  z.object({ kind: z.literal('first-token') }),
  /** One tool call at once, and an answer at once after its result. */
  z.object({ kind: z.literal('tool'), name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  /** Stamped tokens at a steady rate. */
  z.object({ kind: z.literal('stamped'), perSecond: z.number(), seconds: z.number() }),
  /** An answer in Markdown at a steady rate. */
  z.object({ kind: z.literal('markdown'), perSecond: z.number(), tokens: z.number() }),
])
export type Script = z.infer<typeof scriptSchema>

const PREFIX = 'bench '

export function toQuestion(script: Script): string {
  return `${PREFIX}${JSON.stringify(script)}`
}

/** @returns undefined if the text is an ordinary question. The page's questions have lines after it: time and namespace. */
export function fromQuestion(text: string): Script | undefined {
  const [line = ''] = text.split('\n', 1)
  return line.startsWith(PREFIX) ? scriptSchema.parse(JSON.parse(line.slice(PREFIX.length))) : undefined
}
