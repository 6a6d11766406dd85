/** `kubectl_patch`: patches one object; the patch type is inferred if absent. */
import { msg } from '../../../../shared/messages/create'
import { z } from 'zod'
import type { Operation } from '../../../changes/types'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { describedText, text } from '../../properties'
import { checkUnmasked, readStructure } from '../json'
import { droppedNotes } from './dropped'
import { ArgumentReader, invalid } from '../reader'
import { findTarget, isBuiltIn, readTarget, targetShape } from '../target'
import { titleOf } from '../title'
import { patchOperation, writeTool } from '../tool'

const properties = {
  resource: text,
  name: text,
  namespace: text,
  patch: { description: 'object, or list of JSON patch operations' },
  type: describedText('merge, strategic (default) or json'),
}

const TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const satisfies Record<string, Operation['contentType']>
type PatchKind = keyof typeof TYPES
const KINDS: readonly PatchKind[] = ['json', 'merge', 'strategic']

const fieldsSchema = z.record(z.string(), z.unknown())
const operationsSchema = z.array(z.looseObject({ op: z.string(), path: z.string() }))

export const kubectlPatch = writeTool({
  name: 'kubectl_patch',
  description: 'Patch an object.',
  properties,
  required: ['resource', 'name', 'patch'],
  schema: z.object({
    ...targetShape,
    patch: z.union([operationsSchema, fieldsSchema]),
    type: z.enum(KINDS).optional(),
  }),
  read: (raw) => {
    // `type` is the patch type; the kind is `resource` or `kind`.
    const reader = new ArgumentReader('kubectl_patch', raw, Object.keys(properties), {
      patchtype: 'type',
      body: 'patch',
      patchbody: 'patch',
      data: 'patch',
    })
    const patch = readPatch(reader.required('patch'))
    const type = readType(reader.text('type'))
    checkForm(patch, type)
    return [{ ...readTarget(reader), patch, ...(type !== undefined && { type }) }]
  },
  draft: async ({ patch, type, ...args }, context) => {
    const target = await findTarget(args, context)
    const { resource, name, namespace, live } = target
    const chosen = type ?? (Array.isArray(patch) ? 'json' : isBuiltIn(resource) ? 'strategic' : 'merge')
    const operation = patchOperation(target, TYPES[chosen], patch)
    if (chosen === 'merge') operation.notes.push(...droppedNotes(live, patch))
    const title = await titleOf('patch', { kind: resource.kind, name, namespace }, {}, context)
    return { title, operations: [operation], notes: [] }
  },
})

function readPatch(value: unknown): unknown[] | Record<string, unknown> {
  const patch = readStructure('patch', value)
  checkUnmasked('patch', patch)
  const list = isRecord(patch) && typeof patch.op === 'string' && typeof patch.path === 'string' ? [patch] : patch
  if (Array.isArray(list)) return checkOperations(list)
  if (isRecord(list)) return list
  throw invalid('patch', msg('patch-not-object'))
}

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])

function checkOperations(list: unknown[]): unknown[] {
  for (const each of list) {
    const { op, path } = isRecord(each) ? each : {}
    if (typeof op !== 'string' || typeof path !== 'string' || !OPERATIONS.has(op) || !/^(\/|$)/.test(path))
      throw invalid('patch', msg('patch-operation'))
  }
  if (list.length === 0) throw invalid('patch', msg('patch-empty'))
  return list
}

function readType(written: string | undefined): PatchKind | undefined {
  if (written === undefined) return undefined
  const word = written
    .toLowerCase()
    .replace(/^application\//, '')
    .replace(/[-_ ]?(merge)?[-_ ]?patch(\+json)?$/, '$1')
  const plain = word === 'strategicmerge' || word === 'strategic-merge' ? 'strategic' : word
  const found = KINDS.find((kind) => kind === plain)
  if (found === undefined) throw invalid('type', msg('patch-type-unknown', { written: written.slice(0, 80) }))
  return found
}

function checkForm(patch: unknown, type: PatchKind | undefined): void {
  if (type === undefined || Array.isArray(patch) === (type === 'json')) return
  throw invalid('patch', type === 'json' ? msg('patch-must-be-list') : msg('patch-must-be-object', { type }))
}
