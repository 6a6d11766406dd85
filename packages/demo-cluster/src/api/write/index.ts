/** Writing requests: POST, PUT, PATCH and DELETE of objects and scales. */
import type { IncomingMessage } from 'node:http'
import type { Scene } from '../../scene'
import type { State } from '../../state/state'
import { takeSnapshot } from '../../snapshot'
import type { Json } from '../../types'
import { contentType, readJson, readObject } from '../body'
import type { Manager } from '../fields/owners'
import { selectEntries } from '../list'
import { APPLY, applyPatch } from '../patch'
import { isObject, objectOf } from '../patch/json'
import type { ApiPath } from '#shared/kubernetes/api'
import { toList } from '../represent'
import type { Entry, Resource } from '../resource'
import { badRequest, methodNotAllowed, objectNotFound, pathNotFound } from '../status'
import type { WriteContext } from '../writer'
import { readDeleteOptions, remove, type DeleteOptions } from './delete'
import { toScale, writeScale } from './scale'
import { apply } from './apply'
import type { Target } from './posted'
import { create, find, plainObject, update, type Written } from './write'

export interface Answer {
  body: object
  code: number
}

/**
 * Runs a write and sends its result; with `dryRun=All` its hypothetical result.
 * @param clock read after the body, so that nothing happens between the check and the write
 * @throws StatusError for an impossible write
 */
export async function serveWrite(
  {
    request,
    query,
    clock,
    state,
  }: { request: IncomingMessage; query: URLSearchParams; clock: () => Scene; state: State },
  resource: Resource,
  path: ApiPath,
): Promise<Answer> {
  const { method } = request
  const body = await readBody(request)
  const scene = clock()
  const context: WriteContext = { state, scene, snapshot: takeSnapshot(scene, state) }
  const { namespace, name, subresource } = path
  const isEviction = subresource === 'eviction' && method === 'POST'
  const given = isEviction && isObject(body) ? body.deleteOptions : method === 'DELETE' ? body : undefined
  const options = isObject(given) ? readDeleteOptions(given) : {}
  const dryRun = readDryRun([...query.getAll('dryRun'), ...(options.dryRun ?? [])])
  const by = managerOf(request, query, subresource)
  const target: Target = { resource, namespace, name, dryRun, by }
  if (isEviction) return evictOne(context, target, options)
  if (method === 'DELETE' && subresource === undefined) return deleteOne(context, target, options, query)
  if (subresource === 'scale') return scaleOne(context, target, request, body)
  if (subresource !== undefined) throw methodNotAllowed()
  if (method === 'POST') {
    if (name !== undefined || !isObject(body)) throw methodNotAllowed()
    return answer(create(context, target, body))
  }
  if (name === undefined) throw methodNotAllowed()
  const live = find(context, target, name)
  if (method === 'PATCH' && contentType(request) === APPLY) return answer(apply(context, target, body, query))
  if (!live) throw objectNotFound(resource.group, resource.plural, name)
  const shall = method === 'PATCH' ? applyPatch(contentType(request), plainObject(live), body) : objectOf(body)
  // A patch without a resource version applies to any version.
  return answer(update(context, target, live, shall))
}

function answer({ object, created }: Written): Answer {
  return { body: object, code: created ? 201 : 200 }
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const { method, headers } = request
  // A DELETE may have no body.
  const isEmpty = (headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined
  if (method === 'DELETE' && isEmpty) return {}
  return method === 'PATCH' ? await readJson(request) : await readObject(request)
}

/** The client's field manager, or the first word of its `User-Agent`. */
function managerOf({ headers }: IncomingMessage, query: URLSearchParams, subresource: string | undefined): Manager {
  const manager = query.get('fieldManager') || (headers['user-agent'] ?? '').split('/')[0] || 'unknown'
  return { manager, operation: 'Update', ...(subresource !== undefined && { subresource }) }
}

function readDryRun(values: string[]): boolean {
  const other = values.find((value) => value !== 'All')
  if (other !== undefined) throw badRequest(`dryRun: Unsupported value: "${other}": supported values: "All"`)
  return values.length > 0
}

function findEntry({ snapshot }: WriteContext, { resource, namespace, name }: Target): Entry {
  const isWanted = ({ object: { metadata } }: Entry) => metadata.name === name && metadata.namespace === namespace
  const entry = resource.entries(snapshot).find(isWanted)
  if (!entry) throw objectNotFound(resource.group, resource.plural, name ?? '')
  return entry
}

function scaleOne(context: WriteContext, target: Target, request: IncomingMessage, body: Json): Answer {
  if (!target.resource.subresources.includes('scale')) throw pathNotFound()
  const entry = findEntry(context, target)
  const { method } = request
  if (method !== 'PUT' && method !== 'PATCH') throw methodNotAllowed()
  const shall = method === 'PUT' ? objectOf(body) : applyPatch(contentType(request), toScale(entry), body)
  return { body: writeScale(context, target, entry, shall), code: 200 }
}

function evictOne(context: WriteContext, target: Target, options: DeleteOptions): Answer {
  remove(context, target, findEntry(context, target).object, options)
  return { body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, code: 201 }
}

function deleteOne(context: WriteContext, target: Target, options: DeleteOptions, query: URLSearchParams): Answer {
  const { resource, namespace, name } = target
  if (name !== undefined) {
    return { body: remove(context, target, findEntry(context, target).object, options), code: 200 }
  }
  const selected = selectEntries(resource, resource.entries(context.snapshot), namespace, query)
  for (const { object } of selected) remove(context, { ...target, name: object.metadata.name }, object, {})
  const metadata = { resourceVersion: context.state.version(context.scene) }
  return { body: toList(resource, { entries: selected, metadata }), code: 200 }
}
