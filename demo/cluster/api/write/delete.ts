/** Deleting objects, and all that is in a namespace. */
import { z } from 'zod'
import { timestamp } from '../../scene'
import type { JsonObject, KubeObject } from '../../types'
import type { Resource } from '../resource'
import { resources } from '../resources'
import { badRequest, conflict, deletedStatus, methodNotAllowed, StatusError } from '../status'
import type { WriteContext } from '../writer'

const optionsSchema = z.looseObject({
  dryRun: z.array(z.string()).nullish(),
  preconditions: z.looseObject({ uid: z.string().optional(), resourceVersion: z.string().optional() }).nullish(),
})
export type DeleteOptions = z.infer<typeof optionsSchema>

/** @throws StatusError 400 where the body is none */
export function readDeleteOptions(body: JsonObject): DeleteOptions {
  const options = optionsSchema.safeParse(body)
  if (!options.success) throw badRequest(`the body is no DeleteOptions: ${z.prettifyError(options.error)}`)
  return options.data
}

/** Those that an API server never gives up. */
const IMMORTAL = ['default', 'kube-public', 'kube-system']

/**
 * @returns what is answered: the object where it goes in its own time, else a Status
 * @throws StatusError 403 for a namespace that stays, 405 for a kind that others make, 409 where it is another by now
 */
export function remove(
  context: WriteContext,
  resource: Resource,
  object: KubeObject,
  { preconditions }: DeleteOptions,
  dryRun: boolean,
): object {
  const { group, plural } = resource
  const { name, uid, resourceVersion } = object.metadata
  if (!resource.remove) throw methodNotAllowed()
  if (preconditions?.uid && preconditions.uid !== uid) throw conflict(group, plural, name)
  if (preconditions?.resourceVersion && preconditions.resourceVersion !== resourceVersion) {
    throw conflict(group, plural, name)
  }
  const isNamespace = group === '' && plural === 'namespaces'
  if (isNamespace && IMMORTAL.includes(name)) {
    const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`
    throw new StatusError(403, 'Forbidden', message, { name, kind: plural })
  }
  if (!dryRun) {
    if (isNamespace) empty(context, name)
    resource.remove(context, object)
    context.state.applied.delete(uid)
    context.state.nextVersion(context.scene)
  }
  const deletionTimestamp = timestamp(context.scene.now)
  const going = { ...object, metadata: { ...object.metadata, deletionTimestamp } }
  if (isNamespace) return { ...going, status: { phase: 'Terminating' } }
  return plural === 'pods' ? going : deletedStatus(group, plural, name, uid)
}

function empty(context: WriteContext, namespace: string): void {
  for (const resource of resources) {
    if (!resource.namespaced || !resource.remove) continue
    for (const { object } of resource.entries(context.snapshot)) {
      if (object.metadata.namespace === namespace) resource.remove(context, object)
    }
  }
}
