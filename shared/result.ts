/**
 * What a tool result looks like to a person. The page draws it from this data; the model never retypes it.
 */
import { z } from 'zod'

export const tableResultSchema = z.object({
  kind: z.literal('table'),
  /** Column headings as the cluster's own table prints them, e.g. NAMESPACE, NAME, READY. */
  columns: z.array(z.string()),
  /** One array of cell texts for each row, as long as `columns`. */
  rows: z.array(z.array(z.string())),
})

export const logResultSchema = z.object({
  kind: z.literal('log'),
  /** The log's lines, joined by \n, without a trailing one. */
  text: z.string(),
  /** What was logged, for the heading and the name of a download, e.g. `shop/cart-6d5`. */
  source: z.string().optional(),
})

export const yamlResultSchema = z.object({ kind: z.literal('yaml'), text: z.string() })

export const textResultSchema = z.object({ kind: z.literal('text'), text: z.string() })

export const resultPartSchema = z.discriminatedUnion('kind', [
  tableResultSchema,
  logResultSchema,
  yamlResultSchema,
  textResultSchema,
])

export type TableResult = z.infer<typeof tableResultSchema>
export type LogResult = z.infer<typeof logResultSchema>
export type ResultPart = z.infer<typeof resultPartSchema>

/**
 * How a tool call ended.
 * - `ok`: it ran; `error`: the tool, the cluster or the session said no.
 * - `denied`: our own policy refused it.
 * - `declined`: it would write, and the person said no; `expired`: the approval came too late, or was not valid.
 * - `cancelled`: the person stopped it.
 * - `unknown`: a write whose answer was lost: it may have run, and it is never repeated.
 */
export const toolStatusSchema = z.enum(['ok', 'error', 'denied', 'declined', 'expired', 'cancelled', 'unknown'])
export type ToolStatus = z.infer<typeof toolStatusSchema>

/** The `output` of a tool part of a UI message: small enough to be posted back with every turn. */
export const toolOutputSchema = z.object({
  status: toolStatusSchema,
  /** The compact, redacted text the model was given. */
  text: z.string(),
  /** Wall time of the call in milliseconds. */
  durationMs: z.number(),
})
export type ToolOutput = z.infer<typeof toolOutputSchema>
