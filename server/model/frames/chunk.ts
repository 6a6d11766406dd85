/** A parsed chunk of `POST /v1/chat/completions`. Servers add fields, which are dropped. */
import { z } from 'zod'

const toolCallDeltaSchema = z.object({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      // A string by OpenAI's definition; some servers send the object itself.
      arguments: z
        .union([z.string(), z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value))])
        .nullish(),
    })
    .nullish(),
})

/** Thinking is `reasoning` with Ollama, `reasoning_content` with llama.cpp and older vLLM. */
const deltaSchema = z.object({
  content: z.string().nullish(),
  reasoning: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: z.array(toolCallDeltaSchema).nullish(),
})

export const chunkSchema = z.object({
  choices: z
    .array(z.object({ delta: deltaSchema.nullish(), finish_reason: z.string().nullish() }))
    .nullish()
    .transform((choices) => choices ?? []),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
})

/** A non-streaming answer, converted to a single chunk. */
export const completionSchema = z
  .object({
    choices: z.array(z.object({ message: deltaSchema, finish_reason: z.string().nullish() })).min(1),
    usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  })
  .transform(({ choices, usage }): Chunk => {
    return { choices: choices.map(({ message, finish_reason }) => ({ delta: message, finish_reason })), usage }
  })

/** Some servers send it in mid-stream; Ollama's /v1 omits it. */
export const streamErrorSchema = z.object({
  error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]),
})

export type ToolCallDelta = z.infer<typeof toolCallDeltaSchema>
export type Chunk = z.infer<typeof chunkSchema>
