/** Builds an operation's dry-run request and its real request, bound to the object that was shown. */
import { FIELD_MANAGER } from '../../shared/changes/what-changed'
import type { z } from 'zod'
import { isRecord } from '../../shared/kubernetes/fields'
import { objectSchema } from '../kubernetes/list/paging'
import { collectionPath } from '../../shared/kubernetes/api'
import type { KubeObject, SendOptions, WriteMethod } from '../kubernetes/types'
import type { Operation } from './types'

/** An object, or the `Status` of a deletion. */
export const answerSchema = objectSchema

export interface WriteRequest {
  method: WriteMethod
  path: string
  options: Pick<SendOptions<z.infer<typeof answerSchema>>, 'query' | 'contentType' | 'body'>
}

/** A DELETE with a body reads its options only from the body. */
export function dryRunRequest(operation: Operation): WriteRequest {
  const query = { ...operation.query, dryRun: 'All' }
  const { method, path, body, contentType } = operation
  switch (operation.verb) {
    case 'delete':
      return {
        method,
        path,
        options: { query: {}, contentType, body: { ...deleteOptions(operation), dryRun: ['All'] } },
      }
    case 'evict': {
      const sent = evictionBody(operation, { dryRun: ['All'] })
      return { method, path, options: { query: { dryRun: 'All' }, contentType, body: sent } }
    }
    case 'create':
    case 'update':
      return { method, path, options: { query: { ...query, fieldManager: FIELD_MANAGER }, contentType, body } }
  }
}

/** @param fresh the object before the dry run; undefined: it must not exist */
export function realRequest(operation: Operation, fresh: KubeObject | undefined): WriteRequest {
  const { method, path, contentType } = operation
  const query = { ...operation.query, fieldManager: FIELD_MANAGER }
  const uid = fresh?.metadata.uid
  const resourceVersion = fresh?.metadata.resourceVersion
  switch (operation.verb) {
    case 'delete': {
      const preconditions = { ...(uid !== undefined && { uid }), ...(isText(resourceVersion) && { resourceVersion }) }
      return { method, path, options: { contentType, body: { ...deleteOptions(operation), preconditions } } }
    }
    case 'evict':
      return { method, path, options: { contentType, body: evictionBody(operation, { preconditions: { uid } }) } }
    case 'create': {
      // An apply would change an object created meanwhile.
      const { resource, namespace, body } = operation
      const collection = method === 'PATCH' ? collectionPath(resource, namespace) : path
      return { method: 'POST', path: collection, options: { query: withoutForce(query), contentType: JSON_TYPE, body } }
    }
    case 'update':
      return { method, path, options: { query, contentType, body: boundBody(operation, resourceVersion) } }
  }
}

const JSON_TYPE = 'application/json'

function withoutForce({ force: _, ...query }: Operation['query']): Operation['query'] {
  return query
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function boundBody({ contentType, body }: Operation, resourceVersion: unknown): unknown {
  if (!isText(resourceVersion)) return body
  if (contentType === 'application/json-patch+json' && Array.isArray(body)) {
    const bound: unknown[] = [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }, ...body]
    return bound
  }
  const fields = isRecord(body) ? body : {}
  const metadata = isRecord(fields.metadata) ? fields.metadata : {}
  return { ...fields, metadata: { ...metadata, resourceVersion } }
}

function deleteOptions({ body, query }: Operation): Record<string, unknown> {
  const { propagationPolicy, gracePeriodSeconds } = query
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagationPolicy !== undefined && { propagationPolicy }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds: Number(gracePeriodSeconds) }),
    ...(isRecord(body) ? body : {}),
  }
}

function evictionBody({ name, namespace, body }: Operation, options: Record<string, unknown>): unknown {
  const fields = isRecord(body) ? body : {}
  const given = isRecord(fields.deleteOptions) ? fields.deleteOptions : {}
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    ...fields,
    deleteOptions: { ...given, ...options },
  }
}
