/** A text that a person attaches to a question: kept at the server, redacted, for the model to search with `find`. */
import { z } from 'zod'

/** Characters; the body of a request has at most 1 MiB. */
export const MAX_ATTACHMENT_CHARS = 400_000

export const attachmentRequestSchema = z.object({
  /** The client's id of the conversation. */
  conversation: z.string().min(1).max(200),
  /** A file's name, or one for a pasted text. */
  name: z.string().min(1).max(200),
  text: z.string().min(1).max(MAX_ATTACHMENT_CHARS),
})
export type AttachmentRequest = z.infer<typeof attachmentRequestSchema>

export const attachmentSchema = z.object({
  name: z.string(),
  lines: z.number(),
  /** What the model reads with the question, in tokens as estimated. */
  tokens: z.number(),
  /** For the model: its beginning and end, and how to find the rest. Goes into `asked.attachments`. */
  text: z.string(),
})
export type Attachment = z.infer<typeof attachmentSchema>
