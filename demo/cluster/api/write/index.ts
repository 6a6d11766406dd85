/** Requests that write: POST, PUT, PATCH and DELETE of objects, and of their scale. */
import type { IncomingMessage } from 'node:http'
import type { Scene } from '../../scene'
import type { State } from '../../state/state'
import { takeSnapshot } from '../../store'
import type { Json } from '../../types'
import { contentType, readJson, readObject } from '../body'
import { selectEntries } from '../list'
import { APPLY, applyPatch } from '../patch'
import { isObject, objectOf } from '../patch/json'
import type { ResourcePath } from '../path'
import { toList } from '../represent'
import type { Entry, Resource } from '../resource'
import { badRequest, methodNotAllowed, objectNotFound, pathNotFound } from '../status'
import type { WriteContext } from '../writer'
import { readDeleteOptions, remove } from './delete'
import { toScale, writeScale } from './scale'
import { apply } from './apply'
import type { Target } from './posted'
import { create, find, plainJson, update, type Written } from './write'

export interface Answer {
  body: object
  code: number
}

/**
 * Runs a write and answers with what came of it; with `dryRun=All` with what would come of it.
 * @param clock read once the body is there: the write is of that moment, and nothing comes between it and the look before
 * @throws StatusError for what cannot be done
 */
export async function serveWrite(
  {
    request,
    query,
    clock,
    state,
  }: { request: IncomingMessage; query: URLSearchParams; clock: () => Scene; state: State },
  resource: Resource,
  path: ResourcePath,
): Promise<Answer> {
  const { method } = request
  const body = await readBody(request)
  const scene = clock()
  const context: WriteContext = { state, scene, snapshot: takeSnapshot(scene, state) }
  const isEviction = path.subresource === 'eviction' && method === 'POST'
  const given = isEviction && isObject(body) ? body.deleteOptions : method === 'DELETE' ? body : undefined
  const options = isObject(given) ? readDeleteOptions(given) : {}
  const dryRun = readDryRun([...query.getAll('dryRun'), ...(options.dryRun ?? [])])
  const target: Target = { resource, namespace: path.namespace, name: path.name, dryRun }
  if (method === 'DELETE' ? path.subresource === undefined : isEviction) {
    return deleteOne(context, target, options, query)
  }
  if (path.subresource === 'scale') return scaleOne(context, target, request, body)
  if (path.subresource !== undefined) throw methodNotAllowed()
  if (method === 'POST') {
    if (path.name !== undefined || !isObject(body)) throw methodNotAllowed()
    return answer(create(context, target, body))
  }
  if (path.name === undefined) throw methodNotAllowed()
  const live = find(context, target, path.name)
  if (method === 'PATCH' && contentType(request) === APPLY) return answer(apply(context, target, body, query))
  if (!live) throw objectNotFound(resource.group, resource.plural, path.name)
  const shall = method === 'PATCH' ? applyPatch(contentType(request), objectOf(plainJson(live)), body) : objectOf(body)
  // A patch without a resource version is of whatever is there.
  return answer(update(context, target, live, shall))
}

function answer({ object, created }: Written): Answer {
  return { body: object, code: created ? 201 : 200 }
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const { method, headers } = request
  // A DELETE may come without a body.
  const isEmpty = (headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined
  if (method === 'DELETE' && isEmpty) return {}
  return method === 'PATCH' ? await readJson(request) : await readObject(request)
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

function deleteOne(
  context: WriteContext,
  target: Target,
  options: ReturnType<typeof readDeleteOptions>,
  query: URLSearchParams,
): Answer {
  const { resource, namespace, name, dryRun } = target
  if (name !== undefined) {
    return { body: remove(context, resource, findEntry(context, target).object, options, dryRun), code: 200 }
  }
  const selected = selectEntries(resource, resource.entries(context.snapshot), namespace, query)
  for (const { object } of selected) remove(context, resource, object, {}, dryRun)
  const metadata = { resourceVersion: context.state.version(context.scene) }
  return { body: toList(resource, { entries: selected, metadata }), code: 200 }
}
