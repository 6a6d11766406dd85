/** The scale subresource: the wanted number of pods. */
import { z } from 'zod'
import type { JsonObject, KubeObject } from '../../types'
import { isObject } from '../patch/json'
import type { Entry } from '../resource'
import { conflict, StatusError } from '../status'
import type { WriteContext } from '../writer'
import type { Target } from './posted'
import { plainObject, update } from './write'

export function toScale({ object, scale }: Entry): JsonObject {
  const { name, namespace = '', uid, resourceVersion, creationTimestamp } = object.metadata
  const selector = Object.entries(scale?.selector.matchLabels ?? {})
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { creationTimestamp, name, namespace, resourceVersion, uid },
    spec: { replicas: scale?.replicas ?? 0 },
    status: { replicas: scale?.current ?? 0, selector: selector.map(([key, value]) => `${key}=${value}`).join(',') },
  }
}

const scaleSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string().optional() }).default(() => ({})),
  spec: z
    .looseObject({
      replicas: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(0),
    })
    .default(() => ({ replicas: 0 })),
})

/**
 * @param scale the wanted scale
 * @returns the resulting Scale, hypothetical for a dry run
 * @throws StatusError 409 for an outdated resource version, 422 for an invalid count
 */
export function writeScale(context: WriteContext, target: Target, entry: Entry, scale: JsonObject): JsonObject {
  const { object } = entry
  const { name, resourceVersion } = object.metadata
  const { group, plural } = target.resource
  const read = scaleSchema.safeParse(scale)
  if (!read.success) {
    const asked = isObject(scale.spec) ? scale.spec.replicas : undefined
    const why = 'must be a whole number, greater than or equal to 0'
    const message = `Scale.autoscaling "${name}" is invalid: spec.replicas: Invalid value: ${JSON.stringify(asked)}: ${why}`
    throw new StatusError(422, 'Invalid', message, { name, group: 'autoscaling', kind: 'Scale' })
  }
  const version = read.data.metadata.resourceVersion
  if (version !== undefined && version !== resourceVersion) throw conflict(group, plural, name)
  const { replicas } = read.data.spec
  const live = plainObject(object)
  const spec = isObject(live.spec) ? live.spec : {}
  const { object: written } = update(context, target, object, { ...live, spec: { ...spec, replicas } })
  return toScale({ ...entry, object: written, scale: { ...wanted(entry), replicas, current: current(written, entry) } })
}

function wanted({ scale }: Entry): NonNullable<Entry['scale']> {
  return scale ?? { replicas: 0, current: 0, selector: { matchLabels: {} } }
}

function current(object: KubeObject, entry: Entry): number {
  const counted = z.looseObject({ status: z.looseObject({ replicas: z.number() }) }).safeParse(object)
  return counted.success ? counted.data.status.replicas : (entry.scale?.current ?? 0)
}
