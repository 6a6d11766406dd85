/** Renders a chat request as Ollama's template for gpt-oss does, to count the tokens that the model reads. */
import { z } from 'zod'

const messageSchema = z.object({
  role: z.string(),
  content: z.string().nullish(),
  reasoning: z.string().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .optional(),
})
type RequestMessage = z.infer<typeof messageSchema>

const propertySchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).default('any'),
  description: z.string().default(''),
})
type Property = z.infer<typeof propertySchema>

const toolSchema = z.object({
  function: z.object({
    name: z.string(),
    description: z.string().default(''),
    parameters: z.object({ properties: z.record(z.string(), propertySchema).default({}) }),
  }),
})
type RequestTool = z.infer<typeof toolSchema>

/** The body of `POST /v1/chat/completions`, as far as the template prints it. */
const requestSchema = z.object({ messages: z.array(messageSchema), tools: z.array(toolSchema).default([]) })

/** Of any day: its number of tokens is always the same. */
const SYSTEM = `<|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
Knowledge cutoff: 2024-06
Current date: 2026-11-30

Reasoning: medium

# Valid channels: analysis, commentary, final. Channel must be included for every message.`

/** @returns the whole prompt, up to the mark after which the model writes */
export function gptOssPrompt(body: unknown): string {
  const { messages, tools } = requestSchema.parse(body)
  const system = messages.find(({ role }) => role === 'system')
  const toolHint = tools.length > 0 ? `\nCalls to these tools must go to the commentary channel: 'functions'.` : ''
  const developer = [
    ...(tools.length > 0
      ? [`# Tools\n\n## functions\n\nnamespace functions {\n${renderTools(tools)}\n\n} // namespace functions`]
      : []),
    ...(system ? [`# Instructions\n\n${textOf(system)}`] : []),
  ].join('\n\n')
  const history = messages.filter(({ role }) => role !== 'system')
  return [
    `${SYSTEM}${toolHint}<|end|>`,
    developer && `<|start|>developer<|message|>${developer}<|end|>`,
    ...renderHistory(history),
    '<|start|>assistant',
  ].join('')
}

function renderTools(tools: readonly RequestTool[]): string {
  return tools
    .map(({ function: { name, description, parameters } }) => {
      const head = description ? `\n// ${description}` : ''
      const properties = Object.entries(parameters.properties)
      if (properties.length === 0) return `${head}\ntype ${name} = () => any;`
      const lines = properties.map(([key, property]) => `${commentOf(property)}\n  ${key}: ${typeOf(property)},`)
      return `${head}\ntype ${name} = (_: {${lines.join('')}\n}) => any;`
    })
    .join('\n')
}

function commentOf({ description }: Property): string {
  return description === '' ? '' : `\n  // ${description}`
}

function typeOf({ type }: Property): string {
  if (Array.isArray(type)) return type.join(' | ')
  return type === 'array' ? 'any[]' : type
}

/** Reasoning is printed only after the last question. */
function renderHistory(history: readonly RequestMessage[]): string[] {
  const question = history.findLastIndex(({ role }) => role === 'user')
  const names = new Map<string, string>()
  return history.flatMap((message, at) => {
    switch (message.role) {
      case 'user':
        return [`<|start|>user<|message|>${textOf(message)}<|end|>`]
      case 'tool': {
        const name = names.get(message.tool_call_id ?? '') ?? 'unknown'
        return [`<|start|>functions.${name} to=assistant<|channel|>commentary<|message|>${textOf(message)}<|end|>`]
      }
      default: {
        const { reasoning, tool_calls: calls = [] } = message
        for (const { id, function: called } of calls) names.set(id, called.name)
        const text = textOf(message)
        return [
          ...(reasoning && at > question
            ? [`<|start|>assistant<|channel|>analysis<|message|>${reasoning}<|end|>`]
            : []),
          ...(text ? [`<|start|>assistant<|channel|>final<|message|>${text}<|end|>`] : []),
          ...calls.map(
            ({ function: called }) =>
              `<|start|>assistant<|channel|>commentary to=functions.${called.name} <|constrain|>json<|message|>${called.arguments}<|call|>`,
          ),
        ]
      }
    }
  })
}

function textOf({ content }: RequestMessage): string {
  return content ?? ''
}
