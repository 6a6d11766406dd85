/** When and where a question was asked, since "today" and "at 14:02" depend on it. */
import { z } from 'zod'

export const askedSchema = z.object({
  /** RFC 3339 with the user's offset, e.g. `2026-11-29T14:02:00+07:00`. */
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/),
  /** IANA name, e.g. `Asia/Ho_Chi_Minh`. */
  zone: z.string().regex(/^[A-Za-z0-9_+\-/]{1,64}$/),
})
export type Asked = z.infer<typeof askedSchema>

/**
 * The note below a question. A question keeps its own note, so that the model's history stays unchanged between turns.
 */
export function askedNote({ time, zone }: Asked): string {
  return `(Asked at ${time.slice(0, 16).replace('T', ' ')}, time zone ${zone}, UTC${offsetOf(time)})`
}

function offsetOf(time: string): string {
  return /[+-]\d{2}:\d{2}$/.exec(time)?.[0] ?? '+00:00'
}

export function withoutAskedNote(text: string): string {
  return text.replace(/\n*\(Asked at [^()]*\)$/, '')
}
