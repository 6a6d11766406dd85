/** What the series needs to know about a kind: sample objects and possible changes. */
import type { Body } from '../busy/objects'
import type { ChangeCall } from '../call'
import type { Place } from '../identity/operations'
import type { Values } from './values'

export interface Step {
  /** For the coverage count, e.g. `patch merge`. */
  verb: string
  call: ChangeCall
}

export interface UpdateRequest {
  values: Values
  place: Place
  /** As in a tool call. */
  resource: string
  live: Body
}

/** @returns undefined if it is impossible now */
export type Update = (request: UpdateRequest) => Step | undefined

export interface Kind {
  apiVersion: string
  kind: string
  resource: string
  /** Path of the list in a namespace. */
  collection: (namespace: string) => string
  /** Random fields without kind and metadata; any two are valid successive manifests. */
  fields: (values: Values, place: Place) => Body
  /** Applied in this order after the creation, if possible. */
  always?: readonly Update[]
  updates: readonly Update[]
}

/** A patch of these fields in one of the forms that the kind accepts. */
export function patchStep({ values, place, resource }: UpdateRequest, fields: Body, isCustom = false): Step {
  const type = values.pick(isCustom ? ['merge'] : ['merge', 'strategic'])
  return {
    verb: `patch ${type}`,
    call: { tool: 'kubectl_patch', args: { resource, ...place, patch: fields, type } },
  }
}

export function jsonPatchStep({ place, resource }: UpdateRequest, patch: readonly object[]): Step {
  return { verb: 'patch json', call: { tool: 'kubectl_patch', args: { resource, ...place, patch, type: 'json' } } }
}
