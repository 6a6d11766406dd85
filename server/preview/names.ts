/** Which names may stand in a read that we make: none that a server could take for a flag, a path or two names. */
import { kubectlType } from './kinds'
import type { ObjectRef, ResourceType } from './types'

/** A word that cannot stand in a read. */
export interface Broken<What extends 'kind' | 'name' | 'namespace' | 'selector'> {
  what: What
  /** Its beginning, in quotes. */
  word: string
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?$/
const KUBECTL_TYPE = /^[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9.-]*)?$/
const API_VERSION = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[a-z0-9]+$/
const SELECTOR = /^[A-Za-z0-9!(][\w./=!, ()-]*$/

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 253 && NAME.test(value) && !value.includes('..')
}

/** Says what is wrong with the words of a read, or nothing. */
export function brokenRef(ref: ObjectRef): Broken<'kind' | 'name' | 'namespace'> | undefined {
  return brokenType(ref.type) ?? brokenName('name', ref.name) ?? brokenName('namespace', ref.namespace)
}

export function brokenType(type: ResourceType): Broken<'kind'> | undefined {
  const version = 'apiVersion' in type ? API_VERSION.test(type.apiVersion) : true
  return version && KUBECTL_TYPE.test(kubectlType(type)) ? undefined : { what: 'kind', word: quoted(kubectlType(type)) }
}

export function brokenName<What extends 'name' | 'namespace'>(
  what: What,
  value: string | undefined,
): Broken<What> | undefined {
  return value === undefined || isName(value) ? undefined : { what, word: quoted(value) }
}

/** A selector of labels or fields. ` -` would begin a flag where a server splits words. */
export function brokenSelector(value: string | undefined): Broken<'selector'> | undefined {
  if (value === undefined || (SELECTOR.test(value) && !/[\s,]-/.test(value))) return undefined
  return { what: 'selector', word: quoted(value) }
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80))
}
