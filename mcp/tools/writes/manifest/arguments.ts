/** The arguments of `kubectl_apply` and `kubectl_create`: one object for each set. */
import { msg } from '../../../../shared/messages/create'
import { z } from 'zod'
import type { ResultNote } from '../../../../shared/result'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { readManifest, type ManifestObject } from '../../../changes/manifest'
import { checkUnmasked } from '../json'
import { ArgumentReader, invalid } from '../reader'
import { readNamespace } from '../target'
import { readNotes, writtenNotes } from './notes'

export const manifestSchema = z.object({
  manifest: z.record(z.string(), z.unknown()),
  namespace: z.string().optional(),
  notes: z.array(z.looseObject({ code: z.string(), params: z.record(z.string(), z.string()) })).optional(),
})

const ALIASES = {
  yaml: 'manifest',
  json: 'manifest',
  resource: 'manifest',
  object: 'manifest',
  content: 'manifest',
  manifests: 'manifest',
}

/** Fields that the cluster fills in and that a manifest read from it still contains. */
const FROM_CLUSTER = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink']
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * @returns one set of arguments for each object: its JSON, and `notes` on values that YAML reads differently than they
 * look
 * @throws KubeError `invalid-arguments` with the line
 */
export function readManifestArguments(tool: string, raw: unknown, mayGenerateName: boolean): Record<string, unknown>[] {
  const reader = new ArgumentReader(tool, raw, ['manifest', 'namespace', 'notes'], ALIASES)
  const namespace = readNamespace(reader)
  const objects = readManifest(reader.required('manifest'), { mayGenerateName })
  const known = objects.length === 1 ? readNotes(reader.value('notes')) : []
  return objects.map((each) => {
    checkUnmasked('manifest', each.object)
    checkNamespace(each, namespace)
    const { object, removed } = withoutServerFields(each.object)
    const fresh = [...each.notes, ...(removed.length > 0 ? [ignoredNote(removed)] : [])]
    const notes = fresh.length > 0 ? writtenNotes(fresh) : known
    return {
      manifest: object,
      ...(namespace !== undefined && each.namespace === undefined && { namespace }),
      ...(notes.length > 0 && { notes }),
    }
  })
}

function checkNamespace({ kind, name, namespace: own }: ManifestObject, written: string | undefined): void {
  if (own === undefined || written === undefined || own === written) return
  throw invalid('namespace', msg('namespaces-differ', { kind, name, own, written }))
}

function withoutServerFields(object: Record<string, unknown>): { object: Record<string, unknown>; removed: string[] } {
  const { status, metadata, ...body } = object
  const fields = Object.entries(isRecord(metadata) ? metadata : {})
  const kept = fields.filter(([name]) => !FROM_CLUSTER.includes(name))
  const { annotations, ...others } = Object.fromEntries(kept)
  const own = isRecord(annotations) ? Object.entries(annotations).filter(([name]) => name !== LAST_APPLIED) : []
  const removed = [
    ...fields
      .filter(([name, value]) => FROM_CLUSTER.includes(name) && value !== null)
      .map(([name]) => `metadata.${name}`),
    ...(status === undefined ? [] : ['status']),
  ]
  const hasOwn = isRecord(annotations)
    ? own.length > 0 || Object.keys(annotations).length === 0
    : annotations !== undefined
  const written = isRecord(annotations) ? Object.fromEntries(own) : annotations
  return { object: { ...body, metadata: { ...others, ...(hasOwn && { annotations: written }) } }, removed }
}

function ignoredNote(removed: string[]): ResultNote {
  const params = { fields: removed.join(', ') }
  return msg('manifest-fields-ignored', params)
}
