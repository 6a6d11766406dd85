/** Creating and changing objects: POST, PUT, PATCH, and server-side apply. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { safeSuffix, timestamp, uidOf } from '../../scene'
import { takeSnapshot } from '../../store'
import type { JsonObject, KubeObject } from '../../types'
import { isObject, withoutNulls } from '../patch/json'
import type { Resource } from '../resource'
import { alreadyExists, conflict, methodNotAllowed } from '../status'
import type { WriteContext } from '../writer'
import { invalid } from './invalid'
import { checked, metadataOf, type Target } from './posted'

export interface Written {
  object: KubeObject
  created: boolean
}

/** The object that a request names, as JSON: with what else the cluster knows of it. */
export function find(
  { snapshot }: WriteContext,
  { resource, namespace }: Target,
  name: string,
): KubeObject | undefined {
  const entry = resource
    .entries(snapshot)
    .find(({ object: { metadata } }) => metadata.name === name && metadata.namespace === namespace)
  return entry?.object
}

/**
 * Creates an object.
 * @throws StatusError 409 where there is one of the name, 404 where its namespace is not there, 422 where it cannot be
 */
export function create(context: WriteContext, target: Target, body: JsonObject): Written {
  // A status is not a client's to say.
  const { status: _, ...given } = checked(context, target, body)
  const { name: own, generateName } = metadataOf(given)
  const { state, scene } = context
  const version = target.dryRun ? state.version(scene) : state.nextVersion(scene)
  const prefix = typeof generateName === 'string' ? generateName : ''
  const name = target.name ?? (typeof own === 'string' && own !== '' ? own : `${prefix}${safeSuffix(version, 5)}`)
  if (find(context, target, name)) throw alreadyExists(target.resource.group, target.resource.plural, name)
  const { namespace, resource } = target
  const kept = { ...metadataOf(given), ...(prefix && { generateName: prefix }) }
  const metadata = {
    ...only(kept, ['annotations', 'finalizers', 'generateName', 'labels', 'ownerReferences']),
    name,
    ...(namespace !== undefined && { namespace }),
    creationTimestamp: timestamp(scene.now),
    ...(hasGeneration(resource, given) && { generation: 1 }),
    resourceVersion: version,
    uid: uidOf(resource.kind, namespace ?? '', `${name}@${version}`),
  }
  return { object: keep(context, target, name, { ...given, metadata }), created: true }
}

/**
 * Changes an object into another.
 * @param live the object as it is
 * @param body the object as it shall be
 * @throws StatusError 409 where the body names a resource version that is not the live one, 422 where it cannot be
 */
export function update(context: WriteContext, target: Target, live: KubeObject, body: JsonObject): Written {
  const given = checked(context, target, body)
  const asked = metadataOf(given)
  const { name, uid, resourceVersion, generation } = live.metadata
  const { group, plural } = target.resource
  const stale = asked.resourceVersion !== undefined && asked.resourceVersion !== resourceVersion
  if (stale || (asked.uid !== undefined && asked.uid !== uid)) throw conflict(group, plural, name)
  const identity = withoutNulls(plainJson({ ...live.metadata, labels: null, annotations: null, finalizers: null }))
  const metadata: JsonObject = {
    ...(isObject(identity) ? identity : {}),
    ...only(asked, ['annotations', 'finalizers', 'labels']),
  }
  const before = plainJson(live)
  const beforeObject = isObject(before) ? before : {}
  const changed: JsonObject = { ...given, metadata, ...(beforeObject.status && { status: beforeObject.status }) }
  const ready = prepare(context, target, name, changed)
  // What changes nothing is no write.
  if (isDeepStrictEqual(ready.object, prepare(context, target, name, beforeObject).object)) {
    return { object: live, created: false }
  }
  const moved = !isDeepStrictEqual(specOf(ready.object), specOf(live))
  const next = {
    ...metadata,
    ...(generation !== undefined && { generation: generation + (moved ? 1 : 0) }),
    resourceVersion: target.dryRun ? resourceVersion : context.state.nextVersion(context.scene),
  }
  return { object: keep(context, target, name, { ...changed, metadata: next }), created: false }
}

function prepare(context: WriteContext, { resource }: Target, name: string, given: JsonObject) {
  if (!resource.writer) throw methodNotAllowed()
  try {
    return resource.writer.prepare(context, given)
  } catch (error) {
    if (error instanceof z.ZodError) throw invalid(resource, name, given, error)
    throw error
  }
}

/** @returns the object as it is afterwards, with what follows at once; of a dry run, as it would be */
function keep(context: WriteContext, target: Target, name: string, given: JsonObject): KubeObject {
  const { object, store } = prepare(context, target, name, given)
  if (target.dryRun) return { ...object, ...(given.status !== undefined && { status: given.status }) }
  store()
  const { state, scene } = context
  return find({ ...context, snapshot: takeSnapshot(scene, state) }, target, name) ?? object
}

/** Kinds with a desired state count its changes; those of the core group do not. */
function hasGeneration({ group }: Resource, given: JsonObject): boolean {
  return group !== '' && given.spec !== undefined
}

function specOf(object: KubeObject): unknown {
  return 'spec' in object ? object.spec : undefined
}

function only(from: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
}

/** An object as it goes over the wire: without what is undefined. */
export function plainJson(value: unknown): JsonObject[string] {
  return z.json().parse(JSON.parse(JSON.stringify(value)))
}
