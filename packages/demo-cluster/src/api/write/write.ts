/** Creates and changes objects: POST, PUT, PATCH, and server-side apply. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { safeSuffix, timestamp, uidOf } from '../../scene'
import { takeSnapshot } from '../../snapshot'
import type { Json, JsonObject, KubeObject } from '../../types'
import { ownedAfterUpdate } from '../fields/owners'
import { isObject, objectOf } from '../patch/json'
import { apiVersionOf } from '#shared/kubernetes/api'
import type { Resource } from '../resource'
import { alreadyExists, conflict, methodNotAllowed } from '../status'
import type { WriteContext } from '../writer'
import { erase } from './erase'
import { invalid } from './invalid'
import { checked, metadataOf, type Target } from './posted'

export interface Written {
  object: object
  created: boolean
}

/** The requested object as JSON, with the cluster's additional data. */
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

/** Computes `managedFields` after a write. */
export type Owned = (before: JsonObject | undefined, after: JsonObject) => Json[]

const MUTABLE_METADATA = ['annotations', 'finalizers', 'labels', 'ownerReferences']

/**
 * Creates an object.
 * @throws StatusError 409 if it exists, 404 if its namespace does not exist, 422 if it is invalid
 */
export function create(
  context: WriteContext,
  target: Target,
  body: JsonObject,
  owned = ownedBy(context, target),
): Written {
  // Clients cannot set the status.
  const { status: _, ...given } = checked(context, target, body)
  const { name: own, generateName } = metadataOf(given)
  const { state, scene } = context
  const version = target.dryRun ? state.version(scene) : state.nextVersion(scene)
  const prefix = typeof generateName === 'string' ? generateName : ''
  const name = target.name ?? (typeof own === 'string' && own !== '' ? own : `${prefix}${safeSuffix(version, 5)}`)
  if (find(context, target, name)) throw alreadyExists(target.resource.group, target.resource.plural, name)
  const { namespace, resource } = target
  const metadata: JsonObject = {
    ...only(metadataOf(given), MUTABLE_METADATA),
    ...(prefix && { generateName: prefix }),
    name,
    ...(namespace !== undefined && { namespace }),
    creationTimestamp: timestamp(scene.now),
    ...(hasGeneration(resource, given) && { generation: 1 }),
    resourceVersion: version,
    uid: uidOf(resource.kind, namespace ?? '', `${name}@${version}`),
  }
  const made = plainObject(prepare(context, target, name, { ...given, metadata }).object)
  const object = keep(context, target, name, {
    ...given,
    metadata: withOwners(metadata, owned(undefined, made)),
  })
  return { object: target.dryRun ? withoutVersion(object) : object, created: true }
}

/**
 * Replaces an object.
 * @param live the current object
 * @param body the wanted object
 * @throws StatusError 409 for an outdated resource version, 422 if it is invalid
 */
export function update(
  context: WriteContext,
  target: Target,
  live: KubeObject,
  body: JsonObject,
  owned = ownedBy(context, target),
): { object: KubeObject; created: false } {
  const given = checked(context, target, body)
  const asked = metadataOf(given)
  const { name, uid, resourceVersion, generation } = live.metadata
  const { group, plural } = target.resource
  const stale = asked.resourceVersion !== undefined && asked.resourceVersion !== resourceVersion
  if (stale || (asked.uid !== undefined && asked.uid !== uid)) throw conflict(group, plural, name)
  const before = plainObject(live)
  const isForgotten = isReset(asked.managedFields)
  const metadata: JsonObject = {
    ...without(metadataOf(before), [...MUTABLE_METADATA, ...(isForgotten ? ['managedFields'] : [])]),
    ...only(asked, [...MUTABLE_METADATA, ...(isForgotten ? [] : ['managedFields'])]),
  }
  const changed: JsonObject = { ...given, metadata, ...(before.status !== undefined && { status: before.status }) }
  const ready = plainObject(prepare(context, target, name, changed).object)
  // Parsed alike, so that defaults make no difference.
  const was = plainObject(prepare(context, target, name, before).object)
  const managedFields = owned(was, ready)
  // A write without changes keeps the version.
  const isSame =
    isDeepStrictEqual(withoutOwners(ready), withoutOwners(was)) &&
    isDeepStrictEqual(managedFields, metadataOf(before).managedFields ?? [])
  if (isSame) return { object: live, created: false }
  const moved = !isDeepStrictEqual(ready.spec, was.spec)
  const next: JsonObject = {
    ...withOwners(metadata, managedFields),
    ...(generation !== undefined && { generation: generation + (moved ? 1 : 0) }),
    resourceVersion: target.dryRun ? resourceVersion : context.state.nextVersion(context.scene),
  }
  const isLast = next.deletionTimestamp !== undefined && isNothing(next.finalizers)
  const object = keep(context, target, name, { ...changed, metadata: next })
  if (isLast && !target.dryRun) erase(context, target.resource, live)
  return { object, created: false }
}

function isNothing(list: Json | undefined): boolean {
  return !Array.isArray(list) || list.length === 0
}

function withOwners({ managedFields: _, ...metadata }: JsonObject, managedFields: Json[]): JsonObject {
  return { ...metadata, ...(managedFields.length > 0 && { managedFields }) }
}

function withoutOwners(object: JsonObject): JsonObject {
  return { ...object, metadata: withOwners(metadataOf(object), []) }
}

/** An object with finalizers stays until they are removed. */
export function markDeleted(context: WriteContext, target: Target, live: KubeObject): KubeObject {
  if (live.metadata.deletionTimestamp !== undefined) return live
  const { state, scene } = context
  const object = plainObject(live)
  const metadata = {
    ...metadataOf(object),
    deletionGracePeriodSeconds: 0,
    deletionTimestamp: timestamp(scene.now),
    resourceVersion: target.dryRun ? live.metadata.resourceVersion : state.nextVersion(scene),
  }
  return keep(context, target, live.metadata.name, { ...object, metadata })
}

/** As for kubectl and others: any write except an apply. */
function ownedBy({ scene }: WriteContext, { resource, by }: Target): Owned {
  return (before, after) =>
    ownedAfterUpdate(before, after, { by, apiVersion: apiVersionOf(resource), time: timestamp(scene.now) })
}

/** An empty list, by which a client resets ownership. */
function isReset(managedFields: Json | undefined): boolean {
  return Array.isArray(managedFields) && managedFields.every((each) => isObject(each) && Object.keys(each).length === 0)
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

/** A new object has no version yet. */
function withoutVersion({ metadata, ...object }: KubeObject): object {
  const { resourceVersion: _, ...rest } = metadata
  return { ...object, metadata: rest }
}

/** @returns the resulting object with immediate effects, hypothetical for a dry run */
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

function without(from: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)))
}

function only(from: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
}

/** Removes undefined values, as serialisation does. */
export function plainObject(value: unknown): JsonObject {
  return objectOf(z.json().parse(JSON.parse(JSON.stringify(value))))
}
