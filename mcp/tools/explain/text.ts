/** Formats a field's description as a short text. */
import { resolve, typeName, type FieldSchema, type Schemas } from '../../kubernetes/discovery/openapi'
import { fieldsOf, inner } from './find'

/** Characters for each field's description, by the number of fields. */
function roomFor(fields: number): number {
  if (fields <= 12) return 160
  return fields <= 24 ? 90 : 0
}

const DESCRIPTION = 400
const MAX_VALUES = 12

/** @param title kind and path, e.g. `Deployment (apps/v1) spec.strategy` */
export function fieldText(schemas: Schemas, schema: FieldSchema, title: string): string {
  const resolved = resolve(schemas, schema)
  const fields = Object.entries(fieldsOf(schemas, schema))
  const required = new Set(inner(schemas, schema).required)
  const room = roomFor(fields.length)
  const lines = fields
    .sort(([one], [other]) => Number(required.has(other)) - Number(required.has(one)))
    .map(([name, each]) => {
      const about = room === 0 ? '' : sentences(resolve(schemas, each).description, room)
      return `  ${name} <${typeText(schemas, each)}>${required.has(name) ? ' required' : ''}${about === '' ? '' : `: ${about}`}`
    })
  const about = sentences(resolved.description || inner(schemas, schema).description, DESCRIPTION)
  return [
    `${title} <${typeText(schemas, schema)}>`,
    ...(about === '' ? [] : [about]),
    ...(resolved.default !== undefined && isPlain(resolved.default) ? [`Default: ${String(resolved.default)}`] : []),
    ...(lines.length === 0 ? noFields(resolved) : ['Fields:', ...lines]),
  ].join('\n')
}

/** `string`, `[]Container`, `map[string]Quantity`, `"Always"|"Never"`. */
function typeText(schemas: Schemas, schema: FieldSchema): string {
  const resolved = resolve(schemas, schema)
  if (resolved.enum)
    return resolved.enum
      .slice(0, MAX_VALUES)
      .map((value) => JSON.stringify(value))
      .join('|')
  if (resolved['x-kubernetes-int-or-string']) return 'integer or string'
  if (resolved.items) return `[]${typeText(schemas, resolved.items)}`
  if (typeof resolved.additionalProperties === 'object')
    return `map[string]${typeText(schemas, resolved.additionalProperties)}`
  if (resolved.properties) return typeName(schema) ?? 'object'
  return typeName(schema) ?? resolved.type ?? 'any'
}

/** For objects without a schema for their content. */
function noFields({ type, additionalProperties }: FieldSchema): string[] {
  const isOpen = type === 'object' && typeof additionalProperties !== 'object'
  return isOpen ? ['Its fields are not described: the kind accepts any.'] : []
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** As many whole sentences as fit; an overlong first sentence is cut. */
function sentences(text: string | undefined, room: number): string {
  // The type already lists enum values, and the model cannot follow links.
  const [first = ''] = (text ?? '').replace(/\s*More info: \S+/g, '').split(/\n\s*\n?Possible enum values/)
  const flat = first.replace(/\s+/g, ' ').trim()
  if (flat.length <= room) return flat
  const end = flat.slice(0, room).search(/[.!?](?=[^.!?]*$)(?:\s|$)/)
  return end > 0 ? flat.slice(0, end + 1) : `${flat.slice(0, room - 1).trimEnd()}…`
}
