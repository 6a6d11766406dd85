/** A writing tool with a given draft and arbitrary arguments. */
import { quotedWords } from '../../../shared/messages/create'
import type { Draft, Operation, WriteContext, WriteTool } from '../../../mcp/changes/types'
import { KubeError } from '../../../mcp/kubernetes/errors/errors'
import { objectSchema, toObject } from '../../../mcp/kubernetes/list/paging'
import { collectionPath, objectPath } from '../../../shared/kubernetes/api'
import type { KubeObject } from '../../../mcp/kubernetes/types'

export type DraftOperations = (context: WriteContext) => Promise<Operation[]>

export function draftTool(operations: DraftOperations, more: Partial<Draft> = {}): WriteTool {
  return {
    name: 'test_change',
    description: 'Changes what the test says.',
    properties: { calls: { type: 'number' } },
    read: (raw) => {
      const calls = Number(typeof raw === 'object' && raw && 'calls' in raw ? raw.calls : 1)
      return Array.from({ length: calls }, (_, index) => ({ calls: 1, index }))
    },
    draft: async (_, context) => ({
      title: { code: 'change-test', params: {}, text: 'Change what the test says' },
      operations: await operations(context),
      notes: [],
      ...more,
    }),
  }
}

export interface ObjectRef {
  kind: string
  name: string
  namespace?: string
}

async function find({ kind, name, namespace }: ObjectRef, { cluster, signal }: WriteContext) {
  const { resource } = await cluster.discovery.find(kind, signal)
  const path = objectPath(resource, namespace, name)
  const live = await cluster.client
    .get(path, { schema: objectSchema, signal })
    .then(toObject)
    .catch((error: unknown) => {
      if (error instanceof KubeError && error.code === 'not-found') return undefined
      throw error
    })
  const target = { resource, name, namespace, live, assigned: [], notes: [], query: {} }
  return { path, target, collection: collectionPath(resource, namespace) }
}

/** A patch (merge by default) of the object or its subresource. */
export async function patchOf(
  ref: ObjectRef,
  body: unknown,
  context: WriteContext,
  more: { contentType?: Operation['contentType']; subresource?: string; assigned?: string[] } = {},
): Promise<Operation> {
  const { path, target } = await find(ref, context)
  const { contentType = 'application/merge-patch+json', subresource, assigned = [] } = more
  const at = subresource === undefined ? path : `${path}/${subresource}`
  return { ...target, verb: 'update', method: 'PATCH', path: at, contentType, body, assigned }
}

/** Like `kubectl apply --server-side --force-conflicts`. */
export async function applyOf(manifest: KubeObject, context: WriteContext): Promise<Operation> {
  const { kind = '', metadata } = manifest
  const ref = { kind, name: metadata.name, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) }
  const { path, target } = await find(ref, context)
  const verb = target.live ? 'update' : 'create'
  const contentType = 'application/apply-patch+yaml'
  return { ...target, verb, method: 'PATCH', path, contentType, query: { force: true }, body: manifest }
}

export async function createOf(manifest: KubeObject, context: WriteContext): Promise<Operation> {
  const { kind = '', metadata } = manifest
  const ref = { kind, name: metadata.name, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) }
  const { target, collection } = await find(ref, context)
  if (target.live) throw new KubeError('already-exists', quotedWords(`${metadata.name} exists already.`))
  return {
    ...target,
    verb: 'create',
    method: 'POST',
    path: collection,
    contentType: 'application/json',
    body: manifest,
  }
}

export async function deleteOf(ref: ObjectRef, context: WriteContext): Promise<Operation> {
  const { path, target } = await find(ref, context)
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' }
  return { ...target, verb: 'delete', method: 'DELETE', path, contentType: 'application/json', body }
}

export async function evictionOf(name: string, namespace: string, context: WriteContext): Promise<Operation> {
  const { path, target } = await find({ kind: 'pods', name, namespace }, context)
  return {
    ...target,
    verb: 'evict',
    method: 'POST',
    path: `${path}/eviction`,
    contentType: 'application/json',
    body: {},
  }
}
