/** Deletes objects. */
import { z } from 'zod'
import { timestamp } from '../../scene'
import type { JsonObject, KubeObject } from '../../types'
import type { Resource } from '../resource'
import { badRequest, conflict, deletedStatus, methodNotAllowed, StatusError } from '../status'
import type { WriteContext } from '../writer'
import { erase } from './erase'
import type { Target } from './posted'
import { markDeleted } from './write'

const optionsSchema = z.looseObject({
  dryRun: z.array(z.string()).nullish(),
  propagationPolicy: z.string().nullish(),
  preconditions: z.looseObject({ uid: z.string().optional(), resourceVersion: z.string().optional() }).nullish(),
})
export type DeleteOptions = z.infer<typeof optionsSchema>

/** @throws StatusError 400 unless the body is valid */
export function readDeleteOptions(body: JsonObject): DeleteOptions {
  const options = optionsSchema.safeParse(body)
  if (!options.success) throw badRequest(`the body is not a DeleteOptions object: ${z.prettifyError(options.error)}`)
  return options.data
}

/** Namespaces that an API server never deletes. */
const IMMORTAL = ['default', 'kube-public', 'kube-system']

/**
 * @returns the object if it terminates gracefully, otherwise a Status
 * @throws StatusError 403 for a protected namespace, 405 for a kind that controllers create, 409 if the object was
 * replaced
 */
export function remove(context: WriteContext, target: Target, object: KubeObject, options: DeleteOptions): object {
  const { resource, dryRun } = target
  const { group, plural } = resource
  const { name, uid, finalizers = [] } = object.metadata
  if (!resource.remove) throw methodNotAllowed()
  checkPreconditions(resource, object, options)
  const isNamespace = group === '' && plural === 'namespaces'
  if (isNamespace && IMMORTAL.includes(name)) {
    const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`
    throw new StatusError(403, 'Forbidden', message, { name, kind: plural })
  }
  if (finalizers.length > 0) return markDeleted(context, target, object)
  if (!dryRun) erase(context, resource, object)
  const deletionTimestamp = timestamp(context.scene.now)
  const going = { ...object, metadata: { ...object.metadata, deletionTimestamp } }
  if (isNamespace) return { ...going, status: { phase: 'Terminating' } }
  return plural === 'pods' ? going : deletedStatus(group, plural, name, uid)
}

function checkPreconditions(
  { group, kind }: Resource,
  { metadata }: KubeObject,
  { preconditions, propagationPolicy }: DeleteOptions,
): void {
  const check = (what: string, wanted: string | undefined, found: string, might: string) => {
    if (wanted === undefined || wanted === found) return
    const why = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found})`
    throw conflict(group, kind, metadata.name, `${why}. The object might have been ${might}`)
  }
  check('UID', preconditions?.uid, metadata.uid, 'deleted and then recreated')
  check('ResourceVersion', preconditions?.resourceVersion, metadata.resourceVersion, 'modified')
  if (propagationPolicy === 'Orphan')
    throw new StatusError(422, 'Invalid', 'propagationPolicy: the demo cluster deletes what an object owns with it')
}
