/** Runs an approved change: only on the planned cluster, as the planned user, with the planned effect. */
import { msg } from '../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChangeOutcome, ChangePlan, ClusterIdentity } from '../../shared/changes/change'
import type { ClusterRef, ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { apiVersionOf } from '../../shared/kubernetes/api'
import { checkIdentity, clusterIdentity } from './identity'
import { existsNow, observe, observeUnknown, WAIT_LIMITS } from './observe/observe'
import type { WaitLimits } from './observe/observe'
import { draftObjects, planChange, preparePlan, withFacts } from './plan'
import type { ChangeContext, PreparedObject } from './prepare'
import { isIdle, isStale, sendChecked } from './send'
import type { Bound, Sent } from './send'
import type { Operation, WriteArguments, WriteTool } from './types'

export interface Approved {
  identity: ClusterIdentity
  digest: string
}

export interface RunContext extends ChangeContext {
  limits?: WaitLimits
}

/** Tries for one object that others write to; each needs a new dry run with the same result. */
const MAX_TRIES = 5
const TRIES_MS = 5_000
/** Doubled before each retry, since controllers write in bursts. */
const PAUSE_MS = 10

type OutcomeObject = ChangeOutcome['objects'][number]

/** @throws KubeError only if nothing was done, and the signal's reason */
export async function runChange(
  tool: WriteTool,
  args: WriteArguments,
  approved: Approved,
  context: RunContext,
): Promise<ChangeOutcome> {
  return new ChangeRun(tool, args, approved, context).run()
}

/** The outcome of one object; `next` is a plan of the current difference. */
interface Ended {
  outcome: OutcomeObject
  next?: ChangePlan
}

class ChangeRun {
  private readonly limits: WaitLimits

  constructor(
    private readonly tool: WriteTool,
    private readonly args: WriteArguments,
    private readonly approved: Approved,
    private readonly context: RunContext,
  ) {
    this.limits = context.limits ?? WAIT_LIMITS
  }

  async run(): Promise<ChangeOutcome> {
    const { cluster, signal } = this.context
    const ref = await cluster.identity(signal)
    await this.checkCluster(ref)
    const prepared = await preparePlan(this.tool, this.args, this.context, this.approved.identity)
    const { plan, objects } = prepared
    if (plan.digest !== this.approved.digest) return this.changed(await withFacts(prepared, this.context))
    return this.runObjects(objects, plan)
  }

  private async checkCluster(ref: ClusterRef): Promise<void> {
    const { cluster, signal } = this.context
    const { identity } = this.approved
    const request = { ref, namespace: undefined, uidOf: identity.uidOf, signal }
    const found = await cluster.client.hold(signal, (held) => clusterIdentity(held, request))
    checkIdentity(identity, found)
  }

  private async runObjects(objects: readonly PreparedObject[], plan: ChangePlan): Promise<ChangeOutcome> {
    const bound: Bound = { ref: plan.cluster, expected: this.approved.identity }
    const outcomes: OutcomeObject[] = []
    let next: ChangePlan | undefined
    let stopped = false
    for (const prepared of objects) {
      stopped ||= this.context.signal.aborted
      const ended: Ended = stopped ? { outcome: await this.notTried(prepared) } : await this.runObject(prepared, bound)
      outcomes.push(ended.outcome)
      next ??= ended.next
      stopped ||= stops(ended.outcome, prepared.operation)
    }
    const isNothingDone = outcomes.every(({ state }) => state === 'refused' || state === 'not-tried')
    if (next && isNothingDone) return this.changed(next)
    return {
      kind: 'outcome',
      status: statusOf(outcomes),
      cluster: plan.cluster,
      asOf: this.now(),
      objects: outcomes,
      notes: [],
      ...(next && { plan: next }),
    }
  }

  private async runObject(first: PreparedObject, bound: Bound): Promise<Ended> {
    const { operation, digest } = first
    if (isIdle(first)) return { outcome: outcomeOf(operation, 'unchanged', []) }
    const deadline = Date.now() + TRIES_MS
    for (let tries = 1; ; tries++) {
      try {
        const prepare = () => (tries === 1 ? Promise.resolve(first) : this.prepareAgain(operation, digest))
        const sent = await sendChecked(prepare, bound, this.context)
        if (sent) return { outcome: await this.done(sent) }
        const next = await planChange(this.tool, this.args, this.context)
        return { outcome: outcomeOf(operation, 'refused', [changedNote(operation)]), next }
      } catch (error) {
        if (!(error instanceof KubeError)) throw error
        if (error.code === 'unknown-outcome') return { outcome: await this.unknown(first, error) }
        if (!isStale(error) || tries === MAX_TRIES || Date.now() > deadline)
          return { outcome: await this.refused(operation, error) }
        await delay(PAUSE_MS * 2 ** tries)
      }
    }
  }

  /** Drafts the same operation again; undefined if its effect changed. */
  private async prepareAgain(operation: Operation, digest: string): Promise<PreparedObject | undefined> {
    const { objects } = await draftObjects(this.tool, this.args, this.context)
    const object = objects.find((each) => isSameObject(each.operation, operation))
    return object?.digest === digest ? object : undefined
  }

  private async done({ prepared, object, warnings }: Sent): Promise<OutcomeObject> {
    const { operation, planned } = prepared
    const { state, notes } = await observe(prepared, object, this.context, this.limits)
    const shown = new Set(planned.notes.map(({ text }) => text))
    const warned = warnings.map(warningNote).filter(({ text }) => !shown.has(text))
    // The cluster may have generated the name.
    const name = object?.metadata.name || operation.name
    return outcomeOf({ ...operation, name }, state, [...warned, ...notes])
  }

  private changed(plan: ChangePlan): ChangeOutcome {
    const objects = plan.objects.map(({ apiVersion, kind, name, namespace }) => ({
      ...{ apiVersion, kind, name },
      ...(namespace !== undefined && { namespace }),
      state: 'not-tried' as const,
      notes: [],
    }))
    const notes = [msg('changed-meanwhile')]
    return { kind: 'outcome', status: 'changed', cluster: plan.cluster, asOf: this.now(), objects, notes, plan }
  }

  private async refused(operation: Operation, error: KubeError): Promise<OutcomeObject> {
    return outcomeOf(operation, 'refused', [error.detail, ...(await existsNow(operation, this.context))])
  }

  private async unknown(prepared: PreparedObject, error: KubeError): Promise<OutcomeObject> {
    return outcomeOf(prepared.operation, 'unknown', [error.detail, ...(await observeUnknown(prepared, this.context))])
  }

  private async notTried({ operation }: PreparedObject): Promise<OutcomeObject> {
    return outcomeOf(operation, 'not-tried', await existsNow(operation, this.context))
  }

  private now(): string {
    return new Date(this.context.now()).toISOString()
  }
}

/** Deletions are independent; a creation or update may be a prerequisite for the next operation. */
function stops({ state }: OutcomeObject, { verb }: Operation): boolean {
  if (state === 'unknown') return true
  return state === 'refused' && (verb === 'create' || verb === 'update')
}

function statusOf(outcomes: readonly OutcomeObject[]): ChangeOutcome['status'] {
  if (outcomes.some(({ state }) => state === 'unknown')) return 'unknown'
  const failed = outcomes.filter(({ state }) => state === 'refused' || state === 'not-tried').length
  if (failed === 0) return 'done'
  return failed === outcomes.length ? 'refused' : 'partly'
}

function isSameObject(one: Operation, other: Operation): boolean {
  return (
    one.verb === other.verb &&
    one.name === other.name &&
    one.namespace === other.namespace &&
    one.resource.kind === other.resource.kind &&
    one.resource.group === other.resource.group
  )
}

function outcomeOf(
  { resource, namespace, name }: Operation,
  state: OutcomeObject['state'],
  notes: ResultNote[],
): OutcomeObject {
  const about = { apiVersion: apiVersionOf(resource), kind: resource.kind, name }
  return { ...about, ...(namespace !== undefined && { namespace }), state, notes }
}

function warningNote(text: string): ResultNote {
  return msg('api-warning', { text })
}

function changedNote({ resource: { kind }, name }: Operation): ResultNote {
  return msg('object-changed-meanwhile', { kind, name })
}
