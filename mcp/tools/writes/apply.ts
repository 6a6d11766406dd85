/** `kubectl_apply`: makes an object match a manifest, whichever manager wrote it. */
import { randomUUID } from 'node:crypto'
import type { Draft, Operation, WriteContext } from '../../changes/types'
import {
  readingsOf,
  readingsOfManifest,
  type ComputedChange,
  type ManifestReadings,
} from '../../changes/ownership-of-fields'
import { FIELD_MANAGER } from '../../../shared/changes/what-changed'
import { KubeError, type KubeErrorCode } from '../../kubernetes/errors/errors'
import { objectSchema, toObject } from '../../kubernetes/list/paging'
import { objectPath } from '../../../shared/kubernetes/api'
import type { KubeObject } from '../../kubernetes/types'
import { isRecord } from '../../../shared/kubernetes/fields'
import { describedText, text } from '../properties'
import { manifestSchema, readManifestArguments } from './manifest/arguments'
import { findDeclared, readLive, type Declared } from './manifest/find'
import { sentencesOf } from './manifest/notes'
import { withKind } from './target'
import { titleOf } from './title'
import { patchOperation, writeTool } from './tool'

export const kubectlApply = writeTool({
  name: 'kubectl_apply',
  description: 'Create or update objects by their whole manifest.',
  properties: { manifest: describedText('YAML or JSON'), namespace: text },
  required: ['manifest'],
  schema: manifestSchema,
  read: (raw) => readManifestArguments('kubectl_apply', raw, false),
  draft: async ({ manifest, namespace, notes = [] }, context) => {
    const declared = await findDeclared(manifest, namespace, context)
    const live = await readLive(declared, context)
    const draft = live ? await updateDraft(declared, live, context) : await createDraft(declared, context)
    for (const operation of draft.operations) operation.notes.unshift(...sentencesOf(notes))
    return draft
  },
})

async function createDraft(declared: Declared, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace } = declared
  const title = await titleOf('create', { kind: resource.kind, name, namespace }, {}, context)
  return { title, operations: [applyOperation(declared, undefined)], notes: [] }
}

async function updateDraft(declared: Declared, first: KubeObject, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace } = declared
  const title = await titleOf('apply', { kind: resource.kind, name, namespace }, {}, context)
  const operation = await updateOperation(declared, first, context)
  return { title, operations: [operation], notes: [] }
}

/** How often the object is read again if it changed before a dry run. */
const MAX_TRIES = 5

async function updateOperation(declared: Declared, first: KubeObject, context: WriteContext): Promise<Operation> {
  let live = first
  for (let tries = 1; ; tries++) {
    try {
      return await computedOperation(declared, live, context)
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      // The API server cannot compute the result; the operation's own request reports why.
      if (error.code === 'dry-run-unsupported') return applyOperation(declared, live)
      if (error.code !== 'conflict' || tries === MAX_TRIES) throw error
      const again = await readLive(declared, context)
      if (!again) throw error
      live = again
    }
  }
}

/** @throws KubeError `conflict` if the object changed since it was read */
async function computedOperation(declared: Declared, live: KubeObject, context: WriteContext): Promise<Operation> {
  const { whole, part, isWhole } = await readManifest(declared, live, context)
  const all = patchFor(declared, live, whole)
  if (!part) return all
  const result = await tried(all, context)
  if (result && isWhole(result)) return all
  const some = patchFor(declared, live, part)
  // A manifest that is invalid as a part is meant as a whole: it may replace a Service's port.
  return result && !(await tried(some, context)) ? all : some
}

/** @throws KubeError with the API server's reason if it refuses the manifest both for this object and as a new one */
async function readManifest(declared: Declared, live: KubeObject, context: WriteContext): Promise<ManifestReadings> {
  try {
    return readingsOf(live, await dryRun(applyOperation(declared, live), context))
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'invalid-object') throw error
    const name = `${declared.name.slice(0, MAX_NAME)}-${randomUUID().slice(0, 8)}`
    const metadata = { ...(isRecord(declared.object.metadata) ? declared.object.metadata : {}), name }
    const alone = { ...declared, name, object: { ...declared.object, metadata } }
    const created = await dryRun(applyOperation(alone, undefined), context).catch((): never => {
      throw error
    })
    return readingsOfManifest(live, created)
  }
}

/** So that a longer name is still valid for every kind. */
const MAX_NAME = 50

function patchFor(
  { resource, name, namespace }: Declared,
  live: KubeObject,
  { patch, notesOn }: ComputedChange,
): Operation {
  const operation = patchOperation({ resource, name, namespace, live }, 'application/merge-patch+json', patch)
  return { ...operation, notesOn }
}

/** What the API server makes of it; undefined if it refuses it. */
async function tried(operation: Operation, context: WriteContext): Promise<KubeObject | undefined> {
  try {
    return await dryRun(operation, context)
  } catch (error) {
    const isRefused = error instanceof KubeError && !error.concernsEveryCall && !PASSED_ON.has(error.code)
    if (isRefused) return undefined
    throw error
  }
}

const PASSED_ON: ReadonlySet<KubeErrorCode> = new Set(['conflict', 'dry-run-unsupported', 'forbidden', 'timeout'])

/** Bound to the object that was read. */
async function dryRun(
  { method, path, contentType, query, body, live, resource }: Operation,
  { cluster, signal }: WriteContext,
): Promise<KubeObject> {
  const fields = isRecord(body) ? body : {}
  const bound = { uid: live?.metadata.uid, resourceVersion: live?.metadata.resourceVersion }
  const metadata = { ...(isRecord(fields.metadata) ? fields.metadata : {}), ...bound }
  const { data } = await cluster.client.send(method, path, {
    ...{ contentType, schema: objectSchema, signal },
    query: { ...query, dryRun: 'All' },
    body: { ...fields, metadata },
    dryRun: true,
  })
  return withKind(toObject(data), resource)
}

/** A server-side apply. The engine sends a creation as a POST, so that it cannot change an object created meanwhile. */
function applyOperation({ resource, name, namespace, object }: Declared, live: KubeObject | undefined): Operation {
  return {
    verb: live ? 'update' : 'create',
    resource,
    namespace,
    name,
    method: 'PATCH',
    path: objectPath(resource, namespace, name),
    contentType: 'application/apply-patch+yaml',
    query: { fieldManager: FIELD_MANAGER, force: true, fieldValidation: 'Strict' },
    body: object,
    live,
    assigned: [],
    notes: [],
  }
}
