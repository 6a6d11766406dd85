/** The relevant parts of a `POST /v1/chat/completions` body. */
import { z } from 'zod'

/** A text, or OpenAI's list of parts; only its texts are used. */
const contentSchema = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))])
  .nullish()
  .transform((content) =>
    Array.isArray(content) ? content.map((part) => part.text ?? '').join('') : (content ?? null),
  )

const toolCallSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})

const messageSchema = z.looseObject({
  role: z.string(),
  content: contentSchema,
  reasoning: z.string().optional(),
  tool_calls: z.array(toolCallSchema).optional(),
  tool_call_id: z.string().optional(),
})

const toolSchema = z.looseObject({
  function: z.looseObject({
    name: z.string(),
    description: z.string().optional(),
    parameters: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
  }),
})

export const chatRequestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema),
  tools: z.array(toolSchema).nullish(),
  stream: z.boolean().nullish(),
  max_tokens: z.number().nullish(),
})

export type ChatRequest = z.infer<typeof chatRequestSchema>
export type RequestMessage = z.infer<typeof messageSchema>
