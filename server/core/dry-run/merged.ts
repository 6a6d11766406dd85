/** The plans of a manifest's objects as one result. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ClusterRef, PlanResult } from '#shared/result'
import { at, isRecord } from '#shared/kubernetes/fields'
import { groupOf } from '#shared/kubernetes/api'
import type { ManifestObject } from '../../../mcp/changes/manifest'
import type { PlannedPart } from './plan-parts'

/** @param about the cluster, and when the first plan was requested */
export function merged(parts: readonly PlannedPart[], about: { cluster: ClusterRef; asOf: string }): PlanResult {
  const changes = parts.flatMap((part) => (part.kind === 'planned' ? [part.change] : []))
  const objects = changes.flatMap((change) => change.objects)
  const created = objects.filter(({ verb }) => verb === 'create').length
  const changed = objects.filter(({ verb, diff }) => verb !== 'create' && diff !== '').length
  const refused = parts.flatMap((part) =>
    part.kind === 'refused' ? [{ ...part.refused, reason: reasonOf(part, parts) }] : [],
  )
  const counts = { created, changed, unchanged: objects.length - created - changed, refused: refused.length }
  const notes = changes.flatMap((change) => change.notes)
  return {
    kind: 'plan',
    title: msg('dry-run-title', counts),
    ...about,
    objects,
    // There is no command here that could be hidden.
    notes: distinct(notes).filter(({ code }) => code !== 'command-hidden'),
    refused,
  }
}

/** What an earlier object of the manifest would create is missing in a dry run. */
function reasonOf(part: Extract<PlannedPart, { kind: 'refused' }>, parts: readonly PlannedPart[]): Message {
  const { object, code, refused } = part
  const others = parts.flatMap((other) => (other.object && other !== part ? [other.object] : []))
  if (code === 'missing-namespace' && others.some((other) => isNamespace(other, object?.namespace)))
    return msg('dry-run-after-namespace', { namespace: object?.namespace ?? '' })
  if (code === 'unknown-kind' && object && others.some((other) => defines(other, object)))
    return msg('dry-run-after-kind', { kind: object.kind })
  return refused.reason
}

function isNamespace({ kind, name }: ManifestObject, namespace: string | undefined): boolean {
  return kind === 'Namespace' && name === namespace
}

function defines({ kind, object }: ManifestObject, custom: ManifestObject): boolean {
  const { spec } = object
  if (kind !== 'CustomResourceDefinition' || !isRecord(spec)) return false
  return spec.group === groupOf(custom.apiVersion) && at(spec, 'names', 'kind') === custom.kind
}

function distinct(notes: readonly Message[]): Message[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()]
}
