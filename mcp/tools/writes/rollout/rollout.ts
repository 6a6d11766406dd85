/**
 * The writing actions of `kubectl_rollout`: restart, undo, pause and resume. `tools/rollout.ts` has the reading ones.
 */
import { msg } from '../../../../shared/messages/create'
import { objectWord } from '../../../changes/command/kubectl'
import { z } from 'zod'
import type { Draft, WriteContext } from '../../../changes/types'
import { at } from '../../../kubernetes/read/fields'
import { KubeError } from '../../../kubernetes/errors/errors'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { integer, text } from '../../properties'
import { ArgumentReader, invalid } from '../reader'
import { undoDraft } from './undo'
import { findTarget, readTargets, targetShape, type Target } from '../target'
import { titleOf } from '../title'
import { patchOperation, writeTool } from '../tool'

const CHANGES = ['restart', 'undo', 'pause', 'resume'] as const
const ACTIONS = ['status', 'history', ...CHANGES] as const
type Action = (typeof CHANGES)[number]

const properties = {
  action: { enum: ACTIONS },
  ...{ resource: text, name: text, namespace: text, revision: integer },
}
const ALIASES = { subcommand: 'action', command: 'action', torevision: 'revision' }

export const kubectlRolloutChange = writeTool({
  name: 'kubectl_rollout',
  description: 'Rollout status or revision history of a workload; restart, undo (to a revision), pause or resume it.',
  properties,
  required: ['action', 'name'],
  schema: z.object({ ...targetShape, action: z.enum(CHANGES), revision: z.number().int().positive().optional() }),
  read: (raw) => {
    const reader = new ArgumentReader('kubectl_rollout', raw, Object.keys(properties), ALIASES)
    const action = reader.choice('action', CHANGES)
    if (action === undefined) throw invalid('action', msg('rollout-needs-action'))
    // kubectl's `--to-revision=0` means the previous one.
    const revision = reader.count('revision') || undefined
    if (revision !== undefined && action !== 'undo') throw invalid('revision', msg('revision-with-undo', { action }))
    return readTargets(reader, 'deployment').map((target) => ({
      ...target,
      action,
      ...(revision !== undefined && { revision }),
    }))
  },
  draft: async ({ action, revision, ...args }, context) => {
    const target = await findTarget(args, context)
    checkKind(target, action)
    switch (action) {
      case 'restart':
        return restartDraft(target, context)
      case 'undo':
        return undoDraft(target, revision, context)
      case 'pause':
      case 'resume':
        return pauseDraft(target, action === 'pause', context)
    }
  },
})

/**
 * Whether a call of `kubectl_rollout` reads or writes.
 * @param raw the unvalidated arguments; without an action the call reads
 */
export function rolloutEffect(raw: unknown): 'read' | 'write' {
  if (!isRecord(raw)) return 'read'
  const isWriting = Object.entries(raw).some(
    ([name, value]) =>
      ['action', 'subcommand', 'command'].includes(name.toLowerCase()) &&
      CHANGES.some((action) => action === firstText(value).trim().toLowerCase()),
  )
  return isWriting ? 'write' : 'read'
}

function firstText(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.length === 1 ? firstText(value[0]) : ''
}

const KINDS: Record<Action, readonly string[]> = {
  restart: ['deployments', 'statefulsets', 'daemonsets'],
  undo: ['deployments', 'statefulsets', 'daemonsets'],
  pause: ['deployments'],
  resume: ['deployments'],
}

function checkKind({ resource: { kind, plural, group } }: Target, action: Action): void {
  if (group === 'apps' && KINDS[action].includes(plural)) return
  const params = { kind, action }
  const isOfDeployments = KINDS[action].length === 1
  throw new KubeError(
    'invalid-arguments',
    isOfDeployments ? msg('action-of-deployments', params) : msg('action-of-workloads', params),
  )
}

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

async function restartDraft(target: Target, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace, live } = target
  if (at(live, 'spec', 'paused') === true)
    throw new KubeError('invalid-arguments', msg('rollout-paused-restart', { kind: resource.kind, name }))
  const time = `${new Date(context.now()).toISOString().slice(0, 19)}Z`
  const body = { spec: { template: { metadata: { annotations: { [RESTARTED_AT]: time } } } } }
  const operation = patchOperation(target, 'application/merge-patch+json', body)
  operation.assigned.push(`spec.template.metadata.annotations[${RESTARTED_AT}]`)
  const title = await titleOf('restart', { kind: resource.kind, name, namespace }, {}, context)
  return { title, operations: [operation], notes: [], kubectl: ['rollout', 'restart', objectWord(target)] }
}

async function pauseDraft(target: Target, paused: boolean, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace, live } = target
  const operation = patchOperation(target, 'application/merge-patch+json', { spec: { paused: paused ? true : null } })
  if ((at(live, 'spec', 'paused') === true) === paused) {
    operation.notes.push(paused ? msg('paused-already', { name }) : msg('not-paused', { name }))
  }
  const action = paused ? 'pause' : 'resume'
  const title = await titleOf(action, { kind: resource.kind, name, namespace }, {}, context)
  return { title, operations: [operation], notes: [], kubectl: ['rollout', action, objectWord(target)] }
}
