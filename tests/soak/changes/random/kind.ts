/** What the series knows of a kind: objects of it, and what can be changed in them. */
import type { Body } from '../busy/objects'
import type { ChangeCall } from '../call'
import type { Place } from '../identity/operations'
import type { Values } from './values'

export interface Step {
  /** For the count of what was covered, e.g. `patch merge`. */
  verb: string
  call: ChangeCall
}

export interface UpdateRequest {
  values: Values
  place: Place
  /** As a tool is called with it. */
  resource: string
  live: Body
}

/** @returns undefined: it cannot be made now */
export type Update = (request: UpdateRequest) => Step | undefined

export interface Kind {
  apiVersion: string
  kind: string
  resource: string
  /** Path of the list, in a namespace. */
  collection: (namespace: string) => string
  /** Without kind and metadata; another one each time, and every two fit as successive manifests. */
  fields: (values: Values, place: Place) => Body
  /** Made in this order after the creation, as far as they are possible. */
  always?: readonly Update[]
  updates: readonly Update[]
}

/** A patch of these fields in one of the ways that the kind accepts. */
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
