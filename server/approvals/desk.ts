/** Asks a person about a call, and checks what they answered: only what was signed runs, for whom it was signed, once. */
import { randomUUID } from 'node:crypto'
import { stringify } from 'yaml'
import type { Approval } from '#shared/approval'
import type { User } from '#shared/user'
import type { ToolOutcome } from '../agent/events'
import type { ApprovalDesk, Redeemed, WaitingCall, WriteCall } from '../agent/desk'
import type { Policy } from '../agent/policy'
import type { PreparedWrite } from '../preview'
import { cleanText, redactText, sanitizeText } from '../results'
import { canonicalJson } from '../canonical-json'
import type { AuditDecision, CallRecord } from '../audit'
import type { ClusterState } from '../cluster/identity'
import type { Claims } from './claims'
import { grantSchema } from './grant'
import type { Grant } from './grant'
import type { GrantSeal } from './seal'

const argumentsSchema = grantSchema.shape.arguments

/** How long an approval may be given, in milliseconds. */
export const APPROVAL_MS = 10 * 60_000

/** Longer arguments are nothing that a person reads before they say yes. In characters. */
const MAX_ARGUMENTS = 128 * 1024

export interface DeskOptions {
  seal: GrantSeal
  claims: Claims
  prepare: (call: WriteCall, signal: AbortSignal) => Promise<PreparedWrite>
  policy: Policy
  user: User
  /** The client's id of the conversation; empty where it gave none. */
  conversation: string
  /** What the card calls the cluster. */
  cluster: string
  /** How the MCP server is reached. */
  server: string
  /** API server and user as of now: a context's name is no identity. */
  state: () => ClusterState
  /** Is told of each call that is put before a person, and of what they answered. */
  record: (call: CallRecord) => void
  /** The same, before a call runs. @throws where it cannot be recorded: then it does not run */
  recordRun: (call: CallRecord) => Promise<void>
  /** Milliseconds since the epoch. */
  now?: () => number
}

export function createDesk(options: DeskOptions): ApprovalDesk {
  const {
    seal,
    claims,
    prepare,
    policy,
    user,
    conversation,
    cluster,
    server,
    state,
    record,
    recordRun,
    now = Date.now,
  } = options

  function wrongPlace(grant: Grant, { toolCallId, answer }: WaitingCall): string | undefined {
    if (grant.user !== user.name) return 'it was given to another person'
    if (grant.conversation !== conversation) return 'it belongs to another conversation'
    if (grant.toolCallId !== toolCallId || grant.id !== answer?.id) return 'it belongs to another call'
    const { apiServer, apiUser } = state()
    if (grant.cluster !== cluster || grant.server !== server || grant.apiServer !== apiServer)
      return 'it was for another cluster'
    if (grant.apiUser !== apiUser) return 'it was for another user of the cluster'
  }

  return {
    async request(call, precededBy, signal) {
      const prepared = await prepare(call, signal)
      // As it is signed: JSON has no infinite numbers, and a call with one would be another than the one that was shown.
      const own = argumentsSchema.parse(JSON.parse(canonicalJson(prepared.arguments)))
      const text = stringify(own, { lineWidth: 0 }).trimEnd()
      const obstacle = whyNotShown(text)
      if (obstacle) {
        record({ ...toRecord(call, prepared.arguments), decision: 'denied', outcome: 'denied' })
        return { kind: 'answer', status: 'denied', text: obstacle }
      }
      const { namespace, target, preview, confirm } = prepared
      const expiresAt = now() + APPROVAL_MS
      const { toolCallId, tool, name } = call
      const id = randomUUID()
      const changed = canonicalJson(own) !== canonicalJson(call.arguments)
      const approval: Approval = {
        id,
        toolCallId,
        tool,
        cluster,
        ...(namespace !== undefined && { namespace }),
        ...(target !== undefined && { target }),
        arguments: text,
        preview,
        ...(confirm !== undefined && { confirm }),
        ...(precededBy !== undefined && { precededBy }),
        expiresAt,
      }
      const { apiServer, apiUser } = state()
      const signature = seal.sign({
        id,
        user: user.name,
        conversation,
        toolCallId,
        cluster,
        server,
        ...(apiServer !== undefined && { apiServer }),
        ...(apiUser !== undefined && { apiUser }),
        tool,
        name,
        arguments: own,
        ...(changed && { asked: call.arguments }),
        ...(confirm !== undefined && { confirm }),
        expiresAt,
      })
      record({ ...toRecord(call, prepared.arguments), decision: 'requested', approval: id, outcome: 'pending' })
      return { kind: 'asked', approval, signature }
    },

    async redeem(waiting) {
      const { answer } = waiting
      const grant = answer && seal.open(answer.signature)
      const call = grant && callOf(grant)
      const by = user.name
      const recorded =
        grant && call ? toRecord(call, grant.arguments) : toRecord({ ...waiting, tool: waiting.name }, {})
      const refuse = (decision: AuditDecision, status: Refused['status'], text: string): Refused => {
        record({ ...recorded, decision, ...(answer && { approval: answer.id, by }), outcome: status })
        return { kind: 'answer', status, text, ...(call && { call }) }
      }
      if (!answer) return refuse('expired', 'expired', 'Not run: it was not approved.')
      const wrong = grant ? wrongPlace(grant, waiting) : 'this server has not given it, or was restarted since'
      if (!answer.approved) {
        // So that nobody approves it afterwards.
        if (grant && !wrong) await claims.claim(grant.id, grant.expiresAt).catch(() => undefined)
        // Nobody declined it: it is to be asked for anew.
        if (grant && !wrong && grant.expiresAt <= now())
          return refuse('expired', 'expired', `Not run: nobody approved it in time. ${ASK_ANEW}`)
        return refuse('declined', 'declined', declined(answer.reason))
      }
      if (!grant || !call || wrong)
        return refuse('refused', 'expired', `Not run: the approval is not valid, since ${wrong}. ${ASK_ANEW}`)
      if (grant.expiresAt <= now())
        return refuse('expired', 'expired', `Not run: the approval came too late. ${ASK_ANEW}`)
      if (grant.confirm !== undefined && answer.reason?.trim() !== grant.confirm)
        return refuse('refused', 'declined', `Not run: to approve it, the name "${grant.confirm}" has to be typed.`)
      if (!user.mayWrite) return refuse('denied', 'denied', `Not run: ${user.readOnlyReason ?? READ_ONLY}`)
      const decision = policy.decide(grant.tool, grant.arguments)
      if (decision.kind === 'denied') return refuse('denied', 'denied', decision.reason)
      const { problem } = state()
      if (problem !== undefined) return refuse('refused', 'error', `Not run: ${problem}`)
      try {
        if (!(await claims.claim(grant.id, grant.expiresAt))) return refuse('refused', 'expired', USED)
      } catch {
        return refuse('refused', 'error', NO_CLAIM)
      }
      const approved = { ...recorded, decision: 'approved' as const, approval: grant.id, by }
      try {
        await recordRun({ ...approved, outcome: 'pending' })
      } catch {
        return refuse('refused', 'error', NO_AUDIT)
      }
      const report = ({ status, durationMs }: ToolOutcome) => record({ ...approved, outcome: status, durationMs })
      return { kind: 'run', arguments: grant.arguments, call, report }
    },
  }
}

type Refused = Extract<Redeemed, { kind: 'answer' }>

const ASK_ANEW = 'Call the tool again to ask anew.'
const READ_ONLY = 'This user may only read.'
const USED =
  'Not run again: this approval was used already. Read the object to see what came of it, before you call the tool again.'
const NO_CLAIM =
  'Not run: it cannot be made sure that this approval is used only once, since Redis does not answer. Nothing was changed.'

const NO_AUDIT = 'Not run: it could not be recorded in the audit. Nothing was changed. Its file must be writable.'

function declined(reason: string | undefined): string {
  const why = reason?.trim() ? ` They said: ${cleanText(reason.trim())}` : ''
  return `Not run: the person declined this call. Do not call it again; ask what to do instead.${why}`
}

function callOf({ toolCallId, name, tool, arguments: own, asked }: Grant): WriteCall {
  return { toolCallId, name, tool, arguments: asked ?? own }
}

function toRecord(call: Pick<WriteCall, 'toolCallId' | 'tool'>, args: Record<string, unknown>) {
  return { call: call.toolCallId, tool: call.tool, arguments: args, durationMs: 0 }
}

/** Who approves must see what will run, to the letter. */
function whyNotShown(text: string): string | undefined {
  if (text.length > MAX_ARGUMENTS)
    return `Not asked: the arguments are longer than ${MAX_ARGUMENTS / 1024} KiB, which nobody can check. Make smaller changes.`
  if (sanitizeText(text) !== text)
    return 'Not asked: the arguments hold hidden characters, which a person would not see.'
  if (redactText(text) !== text)
    return 'Not asked: the arguments hold what looks like a credential. The assistant passes none on: refer to an existing Secret instead.'
}
