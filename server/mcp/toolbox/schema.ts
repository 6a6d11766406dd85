/**
 * Converts MCP tool definitions for small models behind Ollama.
 * Ollama keeps only a few JSON Schema keywords, and gpt-oss's template prints only name, type and description, so enum,
 * default and required go into the description. gpt-oss rewrites `-`, `.` and space in tool names to `_`, so names are
 * made safe here and mapped back by the toolbox.
 */
import { modelToolNameSchema } from '#shared/tool-names'
import type { ModelToolName } from '#shared/tool-names'
import { z } from 'zod'
import type { ModelTool, ToolParameters } from '../../model/types'

const propertySchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  items: z.unknown().optional(),
})
type Property = z.infer<typeof propertySchema>

const inputSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
})

/** The first type except `null`; JSON Schema allows a list. */
function plainType(type: Property['type']): string {
  if (Array.isArray(type)) return type.find((name) => name !== 'null') ?? 'string'
  return type ?? 'string'
}

function describeProperty(property: Property, required: boolean): string {
  const said = (property.description ?? '').trim()
  const more: string[] = []
  if (property.enum?.length && !said.includes(String(property.enum[0])))
    more.push(`One of: ${property.enum.map(String).join(', ')}.`)
  const preset = property.default
  const tells = preset !== undefined && preset !== '' && !/default/i.test(said)
  if (tells) more.push(`Default: ${typeof preset === 'string' ? preset : JSON.stringify(preset)}.`)
  if (required) more.push('Required.')
  return [said, ...more].filter(Boolean).join(' ')
}

/**
 * Flattens a tool's input schema to an object of typed, described properties.
 * @param schema the `inputSchema` of `tools/list`, of any shape
 * @param hidden properties to omit: the operator's, or those that we set ourselves
 */
export function flattenSchema(schema: unknown, hidden: ReadonlySet<string>): ToolParameters {
  const parsed = inputSchema.safeParse(schema)
  if (!parsed.success) return { type: 'object', properties: {} }
  const required = (parsed.data.required ?? []).filter((name) => !hidden.has(name))
  const properties: ToolParameters['properties'] = {}
  for (const [name, raw] of Object.entries(parsed.data.properties ?? {})) {
    if (hidden.has(name)) continue
    const property = propertySchema.safeParse(raw).data ?? {}
    const type = plainType(property.type)
    const description = describeProperty(property, required.includes(name))
    properties[name] = {
      type,
      ...(description && { description }),
      ...(property.enum && { enum: property.enum }),
      ...(type === 'array' && { items: property.items ?? { type: 'string' } }),
    }
  }
  return { type: 'object', properties, ...(required.length > 0 && { required }) }
}

/** A name that every model can write: `[A-Za-z_][A-Za-z0-9_]*`, at most 64 characters, unique among `taken`. */
export function safeToolName(name: string, taken: ReadonlySet<string>): ModelToolName {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 60) || 'tool'
  const base = /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
  let candidate = base
  for (let n = 2; taken.has(candidate); n++) candidate = `${base}_${n}`
  return modelToolNameSchema.parse(candidate)
}

/** The first sentence of a description, at most `max` characters. */
function firstSentence(text: string, max: number): string {
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text
  const line = sentence.replace(/\s+/g, ' ').trim()
  return line.length > max ? `${line.slice(0, max - 1)}…` : line
}

/**
 * The tool in fewer tokens: short descriptions, and none for optional properties.
 * @param everyday the only optional properties to keep; absent: all
 */
export function shortenTool(tool: ModelTool, everyday?: ReadonlySet<string>): ModelTool {
  const required = tool.parameters.required ?? []
  const properties: ToolParameters['properties'] = {}
  for (const [name, property] of Object.entries(tool.parameters.properties)) {
    if (everyday && !required.includes(name) && !everyday.has(name)) continue
    const { type, items } = property
    properties[name] = {
      type,
      ...(items !== undefined && { items }),
      ...shortDescription(property, required.includes(name)),
    }
  }
  return {
    name: tool.name,
    description: firstSentence(tool.description, 90),
    parameters: { type: 'object', properties, ...(required.length > 0 && { required }) },
  }
}

function shortDescription(property: Record<string, unknown>, required: boolean): { description?: string } {
  const options = Array.isArray(property.enum) ? `One of: ${property.enum.map(String).join(', ')}.` : ''
  // Required properties need a description; for others the name suffices.
  const said = required && typeof property.description === 'string' ? firstSentence(property.description, 60) : ''
  const description = [said, options].filter(Boolean).join(' ')
  return description ? { description } : {}
}
