/** Rolls a workload back to an earlier revision of its pod template, as `kubectl rollout undo` does. */
import { msg } from '../../../../shared/messages/create'
import { objectWord } from '../../../changes/command/kubectl'
import type { Draft, WriteContext } from '../../../changes/types'
import { KubeError } from '../../../kubernetes/errors/errors'
import { at, recordAt } from '../../../kubernetes/read/fields'
import { listRevisions, type Revision } from '../../rollout/revisions'
import type { Target } from '../target'
import { titleOf } from '../title'
import { patchOperation } from '../tool'

const TEMPLATE_HASH = 'pod-template-hash'

/** @param wanted undefined: the revision before the current one */
export async function undoDraft(target: Target, wanted: number | undefined, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace, live } = target
  if (at(live, 'spec', 'paused') === true)
    throw new KubeError('invalid-arguments', msg('rollout-paused-undo', { kind: resource.kind, name }))
  const revisions = await listRevisions(live, context)
  const current = revisions.find((each) => each.current)
  const chosen = wanted === undefined ? before(revisions, current) : revisions.find(({ number }) => number === wanted)
  if (!chosen) throw noRevision(target, wanted, revisions)
  const from = current?.number ?? ''
  const steps = [{ op: 'replace', path: '/spec/template', value: withoutHash(chosen.template) }]
  const operation = patchOperation(target, 'application/json-patch+json', steps)
  if (chosen === current) operation.notes.push(msg('revision-is-current', { revision: chosen.number }))
  return {
    title: await titleOf('undo', { kind: resource.kind, name, namespace }, { from, to: chosen.number }, context),
    operations: [operation],
    notes: [],
    kubectl: ['rollout', 'undo', objectWord(target), `--to-revision=${chosen.number}`],
  }
}

/** The newest revision before the current one; the list is sorted newest first. */
function before(revisions: readonly Revision[], current: Revision | undefined): Revision | undefined {
  return revisions.find((each) => !each.current && (!current || each.number < current.number))
}

/** Removes the label that controllers add to a stored template. */
function withoutHash(template: unknown): Record<string, unknown> {
  const { $patch: _, ...fields } = recordAt(template)
  const metadata = recordAt(template, 'metadata')
  const labels = Object.entries(recordAt(metadata, 'labels')).filter(([name]) => name !== TEMPLATE_HASH)
  return { ...fields, metadata: { ...metadata, labels: Object.fromEntries(labels) } }
}

function noRevision(
  { resource: { kind }, name }: Target,
  wanted: number | undefined,
  revisions: readonly Revision[],
): KubeError {
  const known = revisions.map(({ number }) => number).join(', ') || msg('none')
  const detail =
    wanted === undefined
      ? msg('no-earlier-revision', { kind, name, known })
      : msg('revision-missing', { kind, name, number: wanted, known })
  return new KubeError('not-found', detail, {
    kind,
    name,
    revision: wanted ?? '',
    revisions: typeof known === 'string' ? known : known.text,
  })
}
