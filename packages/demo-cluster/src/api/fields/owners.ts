/** Maintains `managedFields`: the owners of an object's fields before and after a write. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Json, JsonObject } from '../../types'
import { fromTree, toTree, type FieldSet } from './tree'
import { fieldValues, stepsText, type FieldValues } from './values'

const entrySchema = z.looseObject({
  manager: z.string(),
  operation: z.enum(['Apply', 'Update']),
  apiVersion: z.string().optional(),
  time: z.string().optional(),
  subresource: z.string().optional(),
  fieldsV1: z.json().default({}),
})

export interface Manager {
  manager: string
  operation: 'Apply' | 'Update'
  subresource?: string
}

interface Owner extends Manager {
  apiVersion?: string
  time?: string
  fields: FieldSet
}

export interface Ownership {
  /** The owners after the write. */
  managedFields: Json[]
  /** Fields of other owners that get another value. */
  conflicts: { owner: string; field: string }[]
}

interface Write {
  by: Manager
  apiVersion: string
  time: string
}

export function ownersOf(object: JsonObject | undefined): Owner[] {
  const metadata = z.looseObject({ metadata: z.looseObject({ managedFields: z.array(entrySchema) }) }).safeParse(object)
  const entries = metadata.success ? metadata.data.metadata.managedFields : []
  return entries.map(({ manager, operation, apiVersion, time, subresource, fieldsV1 }) => ({
    manager,
    operation,
    ...(apiVersion !== undefined && { apiVersion }),
    ...(time !== undefined && { time }),
    ...(subresource !== undefined && { subresource }),
    fields: fromTree(fieldsV1),
  }))
}

export function isSameManager(one: Manager, other: Manager): boolean {
  return one.manager === other.manager && one.operation === other.operation && one.subresource === other.subresource
}

/** A manager that changes a field by anything but an apply becomes its only owner. */
export function ownedAfterUpdate(before: JsonObject | undefined, after: JsonObject, write: Write): Json[] {
  const [was, is] = [before ? fieldValues(before) : new Map(), fieldValues(after)]
  const changed = changedFields(was, is)
  const owners = ownersOf(after)
  const own = owners.find((each) => isSameManager(each, write.by))
  const fields: FieldSet = new Map([...(own?.fields ?? []), ...changed])
  const others = owners.filter((each) => each !== own).map((each) => minus(each, changed))
  return entries([...others, renewed(own, fields, write)], is)
}

/**
 * A manager owns the fields that it applies, shared with managers that set equal values.
 * @param applied the sent configuration
 * @param live absent: the object is created
 */
export function ownedAfterApply(
  applied: JsonObject,
  live: JsonObject | undefined,
  after: JsonObject,
  write: Write,
): Ownership {
  const wanted = fieldValues(applied)
  const had: FieldValues = live ? fieldValues(live) : new Map()
  const fields: FieldSet = new Map([...wanted].map(([key, { steps }]) => [key, steps]))
  const owners = ownersOf(live)
  const own = owners.find((each) => isSameManager(each, write.by))
  const others = owners.filter((each) => each !== own)
  const taken = new Map([...fields].filter(([key]) => !isDeepStrictEqual(had.get(key)?.value, wanted.get(key)?.value)))
  const conflicts = others.flatMap((each) =>
    [...taken].flatMap(([key, steps]) =>
      each.fields.has(key) ? [{ owner: nameOf(each), field: stepsText(steps) }] : [],
    ),
  )
  const left = others.map((each) => minus(each, taken))
  return { managedFields: entries([...left, renewed(own, fields, write)], fieldValues(after)), conflicts }
}

/** The owner's name in the API server's conflict messages. */
function nameOf({ manager, subresource, apiVersion }: Owner): string {
  const part = subresource === undefined ? '' : ` with subresource "${subresource}"`
  return `"${manager}"${part} using ${apiVersion ?? ''}`
}

function changedFields(before: FieldValues, after: FieldValues): FieldSet {
  const changed = [...after].filter(([key, { value }]) => !isDeepStrictEqual(before.get(key)?.value, value))
  return new Map(changed.map(([key, { steps }]) => [key, steps]))
}

function minus(owner: Owner, fields: FieldSet): Owner {
  return { ...owner, fields: new Map([...owner.fields].filter(([key]) => !fields.has(key))) }
}

function renewed(own: Owner | undefined, fields: FieldSet, { by, apiVersion, time }: Write): Owner {
  const isSame = own !== undefined && isDeepStrictEqual([...own.fields.keys()].sort(), [...fields.keys()].sort())
  return isSame ? own : { ...by, apiVersion, time, fields }
}

/** Drops removed fields, and owners without fields. */
function entries(owners: Owner[], present: FieldValues): Json[] {
  return owners.flatMap(({ fields, ...owner }): Json[] => {
    const left = new Map([...fields].filter(([key]) => present.has(key)))
    return left.size === 0 ? [] : [{ ...owner, fieldsType: 'FieldsV1', fieldsV1: toTree(left) }]
  })
}
