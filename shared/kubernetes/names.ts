/** Which texts are valid names of objects, namespaces and releases. */

/** The longest name that the API takes, in characters. */
export const MAX_NAME = 253

/** The name of any object: kinds of RBAC allow upper case and colons, each kind has stricter rules. */
const OBJECT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._:@]*[A-Za-z0-9])?$/

export function isObjectName(text: string): boolean {
  return text.length <= MAX_NAME && OBJECT_NAME.test(text)
}

/** Characters that a request path can carry, regardless of the kind's own rules. */
const PATH_SEGMENT = /^(?!\.{1,2}$)[^\s/%?#\\\p{Cc}]{1,253}$/u

export function isPathSegment(text: string): boolean {
  return PATH_SEGMENT.test(text)
}

/** A label of RFC 1123. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/

export function isNamespaceName(text: string): boolean {
  return LABEL.test(text)
}

/** A subdomain of RFC 1123. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

export function isSubdomain(text: string): boolean {
  return text.length <= MAX_NAME && SUBDOMAIN.test(text)
}

/** Helm's own pattern. */
const RELEASE = /^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/

export function isReleaseName(text: string): boolean {
  return RELEASE.test(text)
}

/** The letters and digits of generated names (k8s.io/apimachinery/pkg/util/rand): no vowels, and no 0, 1, 3. */
export const GENERATED_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** The end that a controller gives to the name of a pod. */
export const GENERATED_END = `-[${GENERATED_CHARACTERS}]{5}`

const KIND_AND_NAME = /^([A-Za-z][A-Za-z0-9.]*)\/([^/]+)$/
const VERSION = /^v\d+((alpha|beta)\d+)?$/

/** `deploy/web` in two. Undefined for `apps/v1` and `v1/Pod`, which are versions and kinds. */
export function kindAndName(text: string): { kind: string; name: string } | undefined {
  const [, kind, name] = KIND_AND_NAME.exec(text) ?? []
  if (kind === undefined || name === undefined) return undefined
  if (VERSION.test(kind) || VERSION.test(name) || /^[A-Z]/.test(name)) return undefined
  return { kind, name }
}
