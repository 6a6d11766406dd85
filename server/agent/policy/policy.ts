/**
 * Decides which tool calls may run by our own list of tools, the arguments, and the operator's file. Unknown tools
 * count as writes; a write requires approval, or is denied in read-only mode.
 */
import type { ServerToolName } from '#shared/tool-names'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { knownTool, serverOf } from '../../mcp/servers'
import type { Arguments, Effect as ToolEffect, KnownTool, ServerId } from '../../mcp/servers'
import type { ToolAnnotations } from '../../mcp/toolbox/types'
import { checkRead, checkShape, checkWrite } from './arguments'
import { isSecret } from '#shared/kubernetes/kinds'
import { targetsOf } from '../../mcp/servers/targets'
import type { Target } from '../../mcp/servers/targets'
import { checkCluster, checkEffects } from './effects'
import type { ClusterNames, Effect } from './effects'
import { checkOperator } from './operator'
import { words } from './plain'
import type { PolicyRules } from './rules'
import { checkContent, checkHelm } from './writes'

/** `read` may run, `write` requires approval, `denied` never runs; a reason is written for both model and user. */
export type Decision =
  | { kind: 'read' }
  | { kind: 'write'; reason: Message }
  /** It never runs, and may be planned: to show what it would do. */
  | { kind: 'plan'; reason: Message }
  | { kind: 'denied'; reason: Message }

/** No mode runs writes without approval. */
export type AccessMode = 'read-only' | 'approve'

export interface Policy {
  readonly mode: AccessMode
  /** Changes that may not run are planned: the person sees what they would do. */
  readonly plansChanges: boolean
  /**
   * Decides about one call.
   * @param tool the tool's name on the MCP server
   * @param args the parsed arguments
   * @param annotations the server's claims: they can only make the decision stricter
   * @param server the tool's server; if absent, the name decides, and an ambiguous name counts as the one that may
   * write
   */
  decide: (tool: ServerToolName, args: Arguments, annotations?: ToolAnnotations, server?: ServerId) => Decision
  /** True if the model may be shown the tool: what reads always, what may write in approve mode or may be planned. */
  isOffered: (tool: ServerToolName, annotations?: ToolAnnotations, server?: ServerId) => boolean
  /**
   * Decides about a planned change by its effects.
   * @param effects absent: the server has no plan, and only the cluster is checked
   * @returns why it is not allowed, as a sentence
   */
  forbids: (effects: readonly Effect[] | undefined, cluster: ClusterNames) => Message | undefined
}

export interface PolicyOptions {
  mode: AccessMode
  /** Why the assistant is read-only, as a sentence. */
  readOnlyReason?: Message
  /** Why changes by a server without plans are not allowed, as a sentence. */
  plannedOnly?: Message
  /** Where nothing may be changed, changes by our own server are planned. */
  plansChanges?: boolean
  rules?: PolicyRules
}

/** The facts about a call that the decision needs. */
interface Call {
  does: 'read' | 'write'
  targets: Target[]
}

export function createPolicy({
  mode,
  readOnlyReason,
  plannedOnly,
  plansChanges = false,
  rules = {},
}: PolicyOptions): Policy {
  const ruleOf = (tool: ServerToolName) =>
    rules.tools && Object.hasOwn(rules.tools, tool) ? rules.tools[tool] : undefined

  /** The class of a tool, independent of its arguments; a reason if it is denied. */
  function toolClass(tool: ServerToolName, known: KnownTool | undefined, annotations: ToolAnnotations = {}): ToolClass {
    const rule = ruleOf(tool)
    if (rule === 'denied') return { denied: msg('why-operator-excluded') }
    // A ban of the name on any server applies: another server's version is not safer.
    const ban = known?.ban ?? knownTool(tool)?.ban
    if (ban && rule !== 'write') return { denied: ban.why }
    const own = rule ?? known?.effect ?? 'write'
    const stricter = annotations.destructiveHint === true || annotations.readOnlyHint === false
    return own === 'read' && stricter ? 'write' : own
  }

  function decide(tool: ServerToolName, args: Arguments, annotations?: ToolAnnotations, server?: ServerId): Decision {
    const known = knownTool(tool, server)
    const what = toolClass(tool, known, annotations)
    if (isDenied(what)) return denied(msg('tool-not-allowed', { tool, why: what.denied }))
    const shape = checkShape(args)
    if (shape) return denied(shape)
    const isPlanned = serverOf(server)?.plansChanges === true
    const call = readCall({ tool, known, server }, args, what, isPlanned)
    if ('problem' in call) return denied(call.problem)
    const { does, targets } = call
    const excluded = does === 'write' && isPlanned ? undefined : checkOperator(rules, targets, does)
    if (excluded) return denied(excluded)
    if (does === 'read') return { kind: 'read' }
    if (mode === 'approve' && plannedOnly !== undefined && !isPlanned) return denied(plannedOnly)
    if (mode === 'approve') return { kind: 'write', reason: msg('policy-needs-approval', { tool }) }
    const reason = readOnlyReason
      ? msg('policy-read-only-sentence', { tool, why: readOnlyReason })
      : msg('policy-read-only', { tool, why: msg('why-changes-off') })
    return plansChanges && isPlanned ? { kind: 'plan', reason } : denied(reason)
  }

  return {
    mode,
    plansChanges: mode === 'read-only' && plansChanges,
    decide,
    isOffered: (tool, annotations, server) => {
      const what = toolClass(tool, knownTool(tool, server), annotations)
      const isPlanned = serverOf(server)?.plansChanges === true
      const mayWrite = mode === 'approve' ? plannedOnly === undefined || isPlanned : plansChanges && isPlanned
      return what === 'read' || (!isDenied(what) && mayWrite)
    },
    forbids: (effects, cluster) =>
      effects === undefined ? checkCluster(rules, cluster) : checkEffects(rules, effects, cluster),
  }
}

interface Denied {
  denied: Message
}

/** A function if the arguments decide. */
type ToolClass = ToolEffect | ((args: Arguments) => ToolEffect) | Denied

function isDenied(what: ToolClass): what is Denied {
  return typeof what === 'object'
}

function denied(reason: Message): Decision {
  return { kind: 'denied', reason }
}

/** Classifies a call by its tool and arguments. */
function readCall(
  { tool, known, server }: { tool: ServerToolName; known: KnownTool | undefined; server: ServerId | undefined },
  args: Arguments,
  what: Exclude<ToolClass, Denied>,
  isPlanned: boolean,
): Call | { problem: Message } {
  const does = typeof what === 'function' ? what(args) : what
  // The plan names the objects and parsed arguments; both are checked before approval.
  if (does === 'write' && isPlanned) return { does, targets: [] }
  const plain =
    does === 'read'
      ? checkRead(args, serverOf(server)?.isInProcess)
      : checkWrite(args, known !== undefined, known?.target?.manifest)
  if (plain) return { problem: plain }
  const targets = targetsOf(known, args)
  if ('problem' in targets) return targets
  if (does === 'read') {
    if (targets.some(({ kind }) => kind !== undefined && isSecret(kind))) return { problem: msg('policy-secrets') }
    const odd = known?.checkRead?.(args)
    return odd ? { problem: odd } : { does, targets }
  }
  const problem =
    known?.checkWrite?.(args) ?? checkOutput(tool, args) ?? (tool.includes('helm') ? checkHelm(args) : undefined)
  const content = problem ?? checkContent(args, targets, known?.target?.manifest)
  return content ? { problem: content } : { does, targets }
}

/** kubectl's templates can read files, and print a value without the key that marks it for redaction. */
function checkOutput(tool: ServerToolName, { output }: Arguments): Message | undefined {
  if (!tool.startsWith('kubectl_') || output === undefined) return undefined
  return typeof output === 'string' && ['json', 'yaml', 'name', 'wide', ''].includes(output)
    ? undefined
    : msg('policy-output', { output: words(output) })
}
