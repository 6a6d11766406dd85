/** Finds a field by its path, or suggests similar ones. */
import { both, msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import { nearest } from '../../kubernetes/discovery/near'
import { resolve, type FieldSchema, type Schemas } from '../../kubernetes/discovery/openapi'

/** Depth of the search for a field of that name elsewhere. */
const MAX_DEPTH = 6
const MAX_PATHS = 5

export interface FoundField {
  path: string[]
  /** The unresolved schema, for its type name. */
  schema: FieldSchema
}

/** `.spec.containers[0].env`, `spec/containers`: only the names. */
export function pathOf(field: string): string[] {
  return field
    .replace(/\[[^\]]*\]/g, '')
    .split(/[./]/)
    .map((name) => name.trim())
    .filter(Boolean)
}

/** @throws KubeError `not-found` with similar names, and paths of fields with that name elsewhere */
export function findField(schemas: Schemas, root: FieldSchema, path: readonly string[], kind: string): FoundField {
  let found: FoundField = { path: [], schema: root }
  for (const name of path) {
    const fields = fieldsOf(schemas, found.schema)
    const exact = fields[name] ? name : Object.keys(fields).find((each) => each.toLowerCase() === name.toLowerCase())
    const next = exact === undefined ? undefined : fields[exact]
    if (exact === undefined || !next) throw missingField(schemas, root, { kind, found, name, fields })
    found = { path: [...found.path, exact], schema: next }
  }
  return found
}

/** The fields of an object, or of a list's or map's elements. */
export function fieldsOf(schemas: Schemas, schema: FieldSchema): Record<string, FieldSchema> {
  return inner(schemas, schema).properties ?? {}
}

/** The schema of an object, or of a list's or map's elements. */
export function inner(schemas: Schemas, schema: FieldSchema): FieldSchema {
  let resolved = resolve(schemas, schema)
  for (let depth = 0; depth < 4 && !resolved.properties; depth++) {
    const { items, additionalProperties } = resolved
    const element = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (!element) break
    resolved = resolve(schemas, element)
  }
  return resolved
}

function missingField(
  schemas: Schemas,
  root: FieldSchema,
  { kind, found, name, fields }: { kind: string; found: FoundField; name: string; fields: Record<string, FieldSchema> },
): KubeError {
  const where = found.path.length === 0 ? kind : `${kind} ${found.path.join('.')}`
  const near = nearest(name, Object.keys(fields))
  const elsewhere = near.length > 0 ? [] : pathsOf(schemas, root, name)
  const hint =
    near.length > 0
      ? msg('near-names', { names: near.join(', ') })
      : elsewhere.length > 0
        ? msg('near-paths', { paths: elsewhere.join(', ') })
        : msg('it-has', { names: Object.keys(fields).slice(0, 40).join(', ') || msg('no-fields') })
  return new KubeError('not-found', both(msg('field-missing', { where, name }), hint), {
    kind,
    field: [...found.path, name].join('.'),
    near: [...near, ...elsewhere].join(', '),
  })
}

/** Paths that end in the name, or else in a similar one; shortest first. */
function pathsOf(schemas: Schemas, root: FieldSchema, name: string): string[] {
  const all = allPaths(schemas, root)
  const names = [...new Set(all.map((path) => path.at(-1) ?? ''))]
  const exact = names.find((each) => each.toLowerCase() === name.toLowerCase())
  const [wanted] = exact === undefined ? nearest(name, names) : [exact]
  return all
    .filter((path) => path.at(-1) === wanted)
    .slice(0, MAX_PATHS)
    .map((path) => path.join('.'))
}

/** All paths of the kind, breadth first. A recursive type is searched once. */
function allPaths(schemas: Schemas, root: FieldSchema): string[][] {
  const paths: string[][] = []
  const seen = new Set<Record<string, FieldSchema>>()
  let level: FoundField[] = [{ path: [], schema: root }]
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next: FoundField[] = []
    for (const { path, schema } of level) {
      const fields = fieldsOf(schemas, schema)
      if (seen.has(fields)) continue
      seen.add(fields)
      for (const [field, each] of Object.entries(fields)) {
        const found = { path: [...path, field], schema: each }
        paths.push(found.path)
        next.push(found)
      }
    }
    // Questions are mostly about the spec.
    level = next.sort((one, other) => Number(other.path[0] === 'spec') - Number(one.path[0] === 'spec'))
  }
  return paths
}
