/** `kubectl_rollout`: status and history of a rollout, read-only. */
import { msg } from '../../shared/messages/create'
import { objectHealth } from '../../shared/kubernetes/health/object-health'
import { reasonFields } from '../../shared/kubernetes/health/reasons'
import type { Coverage, ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { at, numberAt, textAt } from '../kubernetes/read/fields'
import { getObject } from '../kubernetes/list/object'
import { podOwners } from '../../shared/kubernetes/pod-owners'
import { selectorText } from '../../shared/kubernetes/selectors'
import { apiVersionOf } from '../../shared/kubernetes/api'
import type { ApiResource, KubeObject } from '../kubernetes/types'
import { containerSetup, environmentSection, volumesSection } from './describe/containers'
import { linesSection, tableSection } from './describe/lines'
import { RelatedReads } from './describe/reads'
import { conditionsSection } from './describe/status'
import { integer, text } from './properties'
import { listRevisions, REVISION_COLUMNS, revisionRow, type Revision } from './rollout/revisions'
import { rolloutState } from './rollout/state'
import type { RolloutState } from './rollout/state'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

export const kubectlRollout: ReadTool = {
  name: 'kubectl_rollout',
  description: 'Rollout status or revision history of a workload.',
  properties: {
    action: { enum: ['status', 'history'] },
    ...{ resource: text, name: text, namespace: text, revision: integer },
  },
  run: readRollout,
}

async function readRollout(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  const { name, namespace, action = args.revision === undefined ? 'status' : 'history' } = args
  if (name === undefined) throw new KubeError('invalid-arguments', msg('rollout-needs-name'))
  const { resource } = await cluster.discovery.find(args.resource ?? 'deployments', signal)
  const object = { kind: resource.kind, ...(await getObject(cluster, { resource, namespace, name, signal })) }
  const state = rolloutState(object)
  if (resource.group !== 'apps' || state === undefined)
    throw new KubeError('invalid-arguments', msg('kind-has-no-rollouts', { kind: resource.kind }))
  const workload = { object, resource }
  switch (action) {
    case 'history':
      return args.revision === undefined ? history(workload, context) : oneRevision(workload, args.revision, context)
    case 'status':
      return status(workload, state, context)
    default:
      throw new KubeError('invalid-arguments', msg('rollout-action-read', { action }))
  }
}

interface Workload {
  object: KubeObject
  resource: ApiResource
}

function about({ object, resource }: Workload) {
  const { name, namespace } = object.metadata
  return {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    name,
    ...(namespace !== undefined && { namespace }),
  }
}

async function status(workload: Workload, { state, detail }: RolloutState, context: ToolContext): Promise<ToolAnswer> {
  const { object } = workload
  const now = context.now()
  const reads = new RelatedReads(context.cluster, context.signal, now)
  const [revisions, pods] = await Promise.all([
    reads.attempt('Revisions', () => listRevisions(object, context)),
    readPods(object, reads),
  ])
  const rows = (revisions ?? []).filter(isInUse).map((revision) => revisionRow(revision, now))
  const { verdict, reason } = objectHealth(object, { now }, workload.resource)
  return {
    kind: 'object',
    object: about(workload),
    verdict,
    ...reasonFields(reason),
    sections: [
      ...linesSection('Rollout', [
        ['State', state],
        ['Progress', detail.text],
      ]),
      ...conditionsSection(object, now),
      ...tableSection('Revisions in use', REVISION_COLUMNS, rows),
      ...pods,
    ],
    coverage: coverageOf(1, reads.notes),
  }
}

function isInUse({ current, replicas }: Revision): boolean {
  return current || (replicas ?? 0) > 0
}

async function readPods(object: KubeObject, reads: RelatedReads) {
  const labelSelector = selectorText(at(object, 'spec', 'selector'))
  const { namespace, name } = object.metadata
  const keep = (pod: KubeObject) => podOwners(pod).some((owner) => owner.kind === object.kind && owner.name === name)
  const pods = await reads.table({ title: 'Pods', kind: 'v1/Pod', namespace, labelSelector, keep })
  return pods?.sections ?? []
}

async function history(workload: Workload, context: ToolContext): Promise<ToolAnswer> {
  const revisions = await listRevisions(workload.object, context)
  const now = context.now()
  return {
    kind: 'table',
    columns: REVISION_COLUMNS,
    rows: revisions.map((revision) => revisionRow(revision, now)),
    coverage: coverageOf(revisions.length, deletedNote(workload.object, revisions)),
  }
}

/** The controller deletes old revisions, so the oldest listed need not be the first. */
function deletedNote(object: KubeObject, revisions: readonly Revision[]): ResultNote[] {
  const oldest = revisions.at(-1)?.number ?? 1
  const limit = numberAt(object, 'spec', 'revisionHistoryLimit') ?? 10
  if (oldest <= 1 || revisions.length <= limit) return []
  return [msg('revisions-deleted', { name: object.metadata.name, limit, oldest })]
}

async function oneRevision(workload: Workload, number: number, context: ToolContext): Promise<ToolAnswer> {
  const { name } = workload.object.metadata
  const revisions = await listRevisions(workload.object, context)
  const revision = revisions.find((each) => each.number === number)
  if (!revision) {
    const known = revisions.map((each) => each.number).join(', ')
    throw new KubeError(
      'not-found',
      msg('revision-missing', { kind: workload.resource.kind, name, number, known: known || msg('none') }),
      {
        name,
        revision: number,
        revisions: known,
      },
    )
  }
  const row = revisionRow(revision, context.now())
  return {
    kind: 'object',
    object: about(workload),
    sections: [
      ...linesSection(
        `Revision ${number}`,
        REVISION_COLUMNS.slice(1).map((column, index) => [column, row[index + 1] ?? '']),
      ),
      ...containerSetup(revision.template),
      ...environmentSection(revision.template),
      ...volumesSection(revision.template),
      ...linesSection('Service account', [
        ['Service account', textAt(revision.template, 'spec', 'serviceAccountName')],
      ]),
    ],
    coverage: coverageOf(1, []),
  }
}

function coverageOf(shown: number, notes: ResultNote[]): Coverage {
  const complete = notes.every(({ code }) => code !== 'part-not-read')
  return { scope: 'object', shown, total: shown, complete, notes }
}
