/** When and where a question was asked: "today" and "at 14:02" mean nothing to a model without it. */
import { z } from 'zod'

export const askedSchema = z.object({
  /** RFC 3339 with the person's offset, e.g. `2026-11-29T14:02:00+07:00`. */
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/),
  /** IANA name, e.g. `Asia/Ho_Chi_Minh`. */
  zone: z.string().regex(/^[A-Za-z0-9_+\-/]{1,64}$/),
})
export type Asked = z.infer<typeof askedSchema>

/** Stands below the question. A question keeps its own, so that what the model has read stays the same from turn to turn. */
export function askedNote({ time, zone }: Asked): string {
  return `(Asked at ${time.slice(0, 16).replace('T', ' ')}, time zone ${zone}, UTC${offsetOf(time)})`
}

function offsetOf(time: string): string {
  return /[+-]\d{2}:\d{2}$/.exec(time)?.[0] ?? '+00:00'
}

/** The question without its note. */
export function withoutAskedNote(text: string): string {
  return text.replace(/\n*\(Asked at [^()]*\)$/, '')
}
