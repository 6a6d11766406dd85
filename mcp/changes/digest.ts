/** The identity of a change: objects, UIDs and set fields. */
import { createHash } from 'node:crypto'
import type { PlannedObject } from '../../shared/changes/change'
import { canonicalJson } from '../../shared/text/canonical-json'
import type { FieldChange } from './field-changes'
import { ASSIGNED } from './normalise'

export interface DigestedObject {
  verb: PlannedObject['verb']
  apiVersion: string
  kind: string
  namespace: string | undefined
  name: string
  /** Undefined: the object must not exist. */
  uid: string | undefined
  changes: readonly FieldChange[]
  /** Deletion options and other bindings. */
  more: unknown
}

export function objectDigest({ changes, uid = 'absent', ...object }: DigestedObject): string {
  const fields = changes
    .filter(({ after }) => after !== ASSIGNED)
    .map(({ path, before = null, after = null, order }) => [path, before, after, order])
  return sha256(canonicalJson({ ...object, uid, fields }))
}

export function planDigest(objects: readonly string[]): string {
  return sha256(canonicalJson(objects))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
