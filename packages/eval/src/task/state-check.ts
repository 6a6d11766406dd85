/** A check of the cluster's state, as a task writes it. */
import { z } from 'zod'

interface ObjectRef {
  /** E.g. `v1` or `apps/v1`. */
  apiVersion: string
  kind: string
  /** Absent: all objects of the kind in the namespace. */
  name?: string
}

/** `apps/v1/Deployment/web`, or `v1/Pod` for all pods of the namespace. */
const objectRefSchema = z.string().transform((text, context): ObjectRef => {
  const found = /^((?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?)\/([A-Z]\w*)(?:\/(.+))?$/.exec(text)
  const [, apiVersion, kind, name] = found ?? []
  if (apiVersion !== undefined && kind !== undefined) return { apiVersion, kind, ...(name !== undefined && { name }) }
  context.issues.push({ code: 'custom', message: `"${text}" is not like apps/v1/Deployment/web`, input: text })
  return z.NEVER
})

/** What a check expects of the object, or of the value at its path. */
export type Expectation =
  | { kind: 'exists' }
  | { kind: 'absent' }
  | { kind: 'unchanged' }
  | { kind: 'equals'; value: unknown }
  | { kind: 'includes'; value: unknown }
  | { kind: 'matches'; pattern: string }
  | { kind: 'count'; value: number }

const KINDS = ['exists', 'absent', 'unchanged', 'equals', 'includes', 'matches', 'count'] as const

export const stateCheckSchema = z
  .strictObject({
    object: objectRefSchema,
    /** Defaults to the namespace of the run. */
    namespace: z.string().optional(),
    /** A label selector, for objects whose names a controller chooses. One matching object is enough. */
    labels: z.string().optional(),
    /** A JSON Pointer (RFC 6901). Absent: the object itself. */
    path: z
      .string()
      .regex(/^(\/[^/]*)+$/, 'is not a JSON Pointer such as /spec/replicas')
      .optional(),
    exists: z.literal(true).optional(),
    absent: z.literal(true).optional(),
    /** As it was after the set-up; its status does not count. */
    unchanged: z.literal(true).optional(),
    equals: z.unknown().optional(),
    /** An entry of the list at the path, or a part of the text there. */
    includes: z.unknown().optional(),
    matches: z.string().optional(),
    count: z.int().nonnegative().optional(),
  })
  .transform((given, context) => {
    const kinds = KINDS.filter((kind) => given[kind] !== undefined)
    const [kind] = kinds
    const needsPath = kind === 'equals' || kind === 'includes' || kind === 'matches'
    const problem =
      kind === undefined || kinds.length > 1
        ? `needs exactly one of ${KINDS.join(', ')}`
        : needsPath && given.path === undefined
          ? `${kind} needs a path`
          : undefined
    if (problem !== undefined || kind === undefined) {
      context.issues.push({ code: 'custom', message: problem ?? '', input: given })
      return z.NEVER
    }
    const { object, namespace, labels, path } = given
    return {
      object,
      ...(namespace !== undefined && { namespace }),
      ...(labels !== undefined && { labels }),
      ...(path !== undefined && { path }),
      expected: expectation(kind, given),
    }
  })
export type StateCheck = z.output<typeof stateCheckSchema>

function expectation(
  kind: (typeof KINDS)[number],
  given: { equals?: unknown; includes?: unknown; matches?: string | undefined; count?: number | undefined },
): Expectation {
  switch (kind) {
    case 'exists':
    case 'absent':
    case 'unchanged':
      return { kind }
    case 'equals':
      return { kind, value: given.equals }
    case 'includes':
      return { kind, value: given.includes }
    case 'matches':
      return { kind, pattern: given.matches ?? '' }
    case 'count':
      return { kind, value: given.count ?? 0 }
  }
}
