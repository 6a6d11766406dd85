/** Asks for approval of calls and checks the answers: only a signed call runs, once, for the user it was signed for. */
import { randomUUID } from 'node:crypto'
import type { ChangePlan } from '#shared/changes/change'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { PendingWrite, SignedWrite, WriteCall } from '#shared/changes/pending-write'
import type { User } from '#shared/user'
import { waitFor } from '#shared/wait-for'
import type { ToolOutcome } from '../agent/events'
import type {
  ApprovalGate,
  Asked,
  Asking,
  NotAsked,
  Prepared,
  PreparedWrite,
  Redeemed,
  WaitingCall,
} from '../agent/calls/approval-gate'
import type { Policy } from '../agent/policy'
import { meanwhile, plannedChange } from '../preview'
import type { Preparation, PreparedChange } from '../preview'
import { cleanMessage } from '../results'
import { canonicalJson } from '#shared/text/canonical-json'
import type { AuditDecision, CallRecord } from '../audit'
import type { ClusterState } from '../cluster/identity'
import { argumentsText, cardOf, signedPart } from './card'
import type { Claims } from './claims'
import { grantSchema } from './grant'
import type { Grant } from './grant'
import { namesOf, otherPlace } from './place'
import type { Identified, PlaceOf } from './place'
import type { GrantSeal } from './seal'
import { whyNotShown } from './shown'
import { ASK_AGAIN, ASK_WHAT_ELSE, READ_FIRST } from './model-texts'
import { declined, notRun, notValid } from './refusals'

const argumentsSchema = grantSchema.shape.arguments

/** Lifetime of an approval, in milliseconds. */
export const APPROVAL_MS = 10 * 60_000

export interface ApprovalGateOptions {
  seal: GrantSeal
  claims: Claims
  prepare: (call: WriteCall, signal: AbortSignal) => Promise<Preparation>
  policy: Policy
  user: User
  /** The client's id of the conversation; empty if it has none. */
  conversation: string
  /** The cluster's name on the card. */
  cluster: string
  place: PlaceOf
  /** The operator allows changes on an unidentifiable cluster. */
  allowUnverified: boolean
  /** The current API server and user, and why no call may be made. */
  state: () => ClusterState
  /** Receives each call that needs approval, and its answer. */
  record: (call: CallRecord) => void
  /**
   * The same, before a call runs.
   * @throws if it cannot be recorded; then the call does not run
   */
  recordRun: (call: CallRecord) => Promise<void>
}

export function createApprovalGate(options: ApprovalGateOptions): ApprovalGate {
  return new SigningGate(options)
}

class SigningGate implements ApprovalGate {
  constructor(private readonly options: ApprovalGateOptions) {}

  async prepare(call: WriteCall, signal: AbortSignal): Promise<Prepared> {
    const prepared = await this.options.prepare(call, signal)
    switch (prepared.kind) {
      case 'split':
        return prepared
      case 'refused': {
        const { note, code } = prepared
        return this.notAsked(call, 'error', msg('call-not-run', { reason: note }), code)
      }
      case 'change':
        return this.checked(call, prepared.change)
    }
  }

  replanned(call: WriteCall, plan: ChangePlan, before: SignedWrite['objects']): Prepared {
    const change = plannedChange(plan)
    return this.checked(call, { ...change, notes: [...meanwhile(before, change.objects), ...change.notes] })
  }

  async ask(write: PreparedWrite, { precededBy, part }: Asking, signal: AbortSignal): Promise<Asked> {
    const { claims, seal, user, conversation, cluster, place, record } = this.options
    const where = write.plan ?? (await this.identified(write))
    if (where && 'problem' in where)
      return this.notAsked(write, 'error', msg('call-not-asked', { reason: where.problem }))
    if (!where && !this.options.allowUnverified) return this.notAsked(write, 'denied', msg('approval-unverified'))
    const forbidden = this.options.policy.forbids(undefined, namesOf(cluster, where?.cluster, where?.identity))
    if (forbidden) return this.notAsked(write, 'denied', forbidden)
    const id = randomUUID()
    let expiresAt: number
    try {
      expiresAt = (await waitFor(claims.now(), signal)) + APPROVAL_MS
      await waitFor(claims.open(id, expiresAt), signal)
    } catch {
      signal.throwIfAborted()
      return this.notAsked(write, 'error', msg('approval-no-clock'))
    }
    const { identity } = where ?? {}
    const pending: PendingWrite = {
      ...write,
      ...{ id, cluster, identity, digest: write.plan?.digest, part, precededBy, expiresAt },
      notes: [...(where ? [] : [msg('not-verified')]), ...write.notes],
      confirm: where ? write.confirm : [write.confirm, cluster].filter(Boolean).join(' on '),
    }
    const owner = { user: user.name, conversation, place: place(write.server).server }
    const signature = seal.sign({ ...signedPart(pending), ...owner })
    const asked = { ...toRecord(write, write.arguments), ...(identity && { identity }) }
    record({ ...asked, decision: 'requested', approval: id, outcome: 'pending' })
    return { kind: 'asked', approval: cardOf(pending, Date.now() + APPROVAL_MS), signature }
  }

  async redeem(waiting: WaitingCall, signal: AbortSignal): Promise<Redeemed> {
    const { seal, claims, user, record, recordRun, state } = this.options
    const { answer } = waiting
    const grant = answer && seal.open(answer.signature)
    const by = user.name
    const recorded = {
      ...(grant ? toRecord(grant, grant.arguments) : toRecord({ ...waiting, tool: waiting.name }, {})),
      ...(grant?.identity && { identity: grant.identity }),
    }
    const refuse = (decision: AuditDecision, status: Refused['status'], detail: Message, advice?: string): Refused => {
      record({ ...recorded, decision, ...(answer && { approval: answer.id, by }), outcome: status })
      return {
        ...{ kind: 'answer', status, detail },
        ...(advice !== undefined && { advice }),
        ...(grant && { write: grant }),
      }
    }
    const unclaimed = () =>
      signal.aborted
        ? refuse('refused', 'cancelled', msg('call-stopped-waiting'))
        : refuse('refused', 'error', msg('approval-no-claim'))
    if (!answer) return refuse('expired', 'expired', msg('approval-not-approved'))
    const wrong = grant ? this.wrongOwner(grant, waiting) : msg('why-not-given')
    const isLate = grant && !wrong ? await this.isLate(grant, signal) : false
    if (!answer.approved) {
      // Prevents a later approval.
      if (grant && !wrong) await waitFor(claims.claim(grant.id), signal).catch(() => undefined)
      // Not declined, only late: ask again.
      if (isLate) return refuse('expired', 'expired', msg('approval-not-in-time'), ASK_AGAIN)
      return refuse('declined', 'declined', declined(answer.reason), ASK_WHAT_ELSE)
    }
    if (!grant || wrong) return refuse('refused', 'expired', notValid(wrong ?? msg('why-not-given')), ASK_AGAIN)
    if (isLate === undefined) return unclaimed()
    if (isLate) return refuse('expired', 'expired', msg('approval-too-late'), ASK_AGAIN)
    if (grant.confirm !== undefined && answer.reason?.trim() !== grant.confirm)
      return refuse('refused', 'declined', msg('approval-type-name', { name: grant.confirm }))
    if (!user.mayWrite) return refuse('denied', 'denied', notRun(user.readOnlyReason ?? msg('read-only-this-user')))
    const forbidden = this.forbidden(grant)
    if (forbidden) return refuse('denied', 'denied', forbidden)
    const other = await otherPlace(grant, this.options.cluster, this.options.place(grant.server), signal)
    if (other) return refuse('refused', 'expired', notValid(other), ASK_AGAIN)
    const { problem } = state()
    if (problem !== undefined) return refuse('refused', 'error', notRun(problem))
    try {
      const claim = await waitFor(claims.claim(grant.id), signal)
      if (claim === 'gone') return refuse('expired', 'expired', msg('approval-too-late'), ASK_AGAIN)
      if (claim === 'used') return refuse('refused', 'expired', msg('approval-used'), READ_FIRST)
    } catch {
      // A claim that is answered later is used up, and nothing runs.
      return unclaimed()
    }
    const approved = { ...recorded, decision: 'approved' as const, approval: grant.id, by }
    try {
      await recordRun({ ...approved, outcome: 'pending' })
    } catch {
      return refuse('refused', 'error', msg('approval-no-audit'))
    }
    return {
      kind: 'run',
      write: grant,
      report: ({ status, durationMs }: ToolOutcome) => record({ ...approved, outcome: status, durationMs }),
    }
  }

  /** Refuses calls that no one could judge, without asking. */
  private checked(call: WriteCall, change: PreparedChange): Prepared {
    const { policy, cluster } = this.options
    // Normalised as for signing: JSON has no infinite numbers, so the shown call could differ from the signed one.
    const own = argumentsSchema.parse(JSON.parse(canonicalJson(change.arguments)))
    const { plan } = change
    const forbidden = plan
      ? policy.forbids(change.objects, namesOf(cluster, plan.cluster, plan.identity))
      : this.deniedCall({ ...call, arguments: own })
    if (forbidden) return this.notAsked(call, 'denied', forbidden)
    const obstacle = whyNotShown(own, argumentsText(own))
    if (obstacle) return this.notAsked({ ...call, arguments: own }, 'denied', obstacle)
    return { kind: 'change', write: { ...call, ...change, arguments: own } }
  }

  /** Applies the rules about arguments, for servers without plans. */
  private deniedCall({ tool, server, arguments: own }: Pick<WriteCall, 'tool' | 'server' | 'arguments'>) {
    const decision = this.options.policy.decide(tool, own, undefined, server)
    return decision.kind === 'denied' || decision.kind === 'plan' ? decision.reason : undefined
  }

  private forbidden(grant: Grant): Message | undefined {
    const { policy, cluster } = this.options
    const { identity, digest, objects } = grant
    const denied = this.deniedCall(grant)
    return denied ?? policy.forbids(digest === undefined ? undefined : objects, namesOf(cluster, undefined, identity))
  }

  /** Undefined if the clock is unreadable, or the turn was stopped. */
  private async isLate({ expiresAt }: Grant, signal: AbortSignal): Promise<boolean | undefined> {
    return await waitFor(this.options.claims.now(), signal).then(
      (now) => expiresAt <= now,
      () => undefined,
    )
  }

  private async identified({ server }: WriteCall): Promise<Identified | undefined> {
    return await this.options.place(server).identify?.(AbortSignal.timeout(IDENTIFY_MS))
  }

  private wrongOwner(grant: Grant, { toolCallId, answer }: WaitingCall): Message | undefined {
    if (grant.user !== this.options.user.name) return msg('why-other-person')
    if (grant.conversation !== this.options.conversation) return msg('why-other-conversation')
    if (grant.toolCallId !== toolCallId || grant.id !== answer?.id) return msg('why-other-call')
    return undefined
  }

  private notAsked(call: WriteCall, status: NotAsked['status'], detail: Message, code?: string): NotAsked {
    this.options.record({ ...toRecord(call, call.arguments), decision: 'denied', outcome: status })
    return { kind: 'answer', status, detail: cleanMessage(detail), ...(code !== undefined && { code }) }
  }
}

type Refused = Extract<Redeemed, { kind: 'answer' }>

/** Time limit for reading cluster and user, in milliseconds. */
const IDENTIFY_MS = 10_000

/** @param call what the audit calls it: without a valid signature only the model's name of the tool is known */
function toRecord(call: { toolCallId: string; tool: string }, args: Record<string, unknown>) {
  return { call: call.toolCallId, tool: call.tool, arguments: args, durationMs: 0 }
}
