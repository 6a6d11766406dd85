/**
 * Which tool calls may run: an own list of tools, what their arguments say, and the operator's file. Unknown means write, and
 * a write waits for a person, or is denied where the assistant is read-only.
 */
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

/** `read` may run, `write` waits for a person, `denied` never runs; a reason is written for model and person alike. */
export type Decision = { kind: 'read' } | { kind: 'write'; reason: string } | { kind: 'denied'; reason: string }

/** There is no mode in which writes run unasked. */
export type AccessMode = 'read-only' | 'approve'

export interface Policy {
  readonly mode: AccessMode
  /**
   * Decides over one call.
   * @param tool the MCP server's own name of the tool
   * @param args the parsed arguments
   * @param annotations what the server says of the tool: it can only make the decision stricter
   * @param server whose tool it is; absent: the name alone tells, and of two tools with one name the one that may write
   */
  decide: (tool: string, args: Arguments, annotations?: ToolAnnotations, server?: ServerId) => Decision
  /** True if the model may be shown the tool: what reads always, what may write in approve mode. */
  isOffered: (tool: string, annotations?: ToolAnnotations, server?: ServerId) => boolean
  /**
   * Decides over a planned change by what it does.
   * @param effects absent: the server has no plan, and only the cluster is looked at
   * @returns a sentence why it is not allowed
   */
  forbids: (effects: readonly Effect[] | undefined, cluster: ClusterNames) => string | undefined
}

export interface PolicyOptions {
  mode: AccessMode
  /** In words, why the assistant is read-only. */
  readOnlyReason?: string
  /** A sentence why changes by a server that plans none are not allowed. */
  plannedOnly?: string
  rules?: PolicyRules
}

const SECRETS = 'Secrets are neither read nor changed by the assistant. The person does that with their own kubectl.'

/** What is to be known of a call before it is allowed. */
interface Call {
  does: 'read' | 'write'
  targets: Target[]
}

export function createPolicy({ mode, readOnlyReason, plannedOnly, rules = {} }: PolicyOptions): Policy {
  const ruleOf = (tool: string) => (rules.tools && Object.hasOwn(rules.tools, tool) ? rules.tools[tool] : undefined)

  /** What the tool is, before its arguments are looked at; a reason where it is denied. */
  function toolClass(tool: string, known: KnownTool | undefined, annotations: ToolAnnotations = {}): ToolClass {
    const rule = ruleOf(tool)
    if (rule === 'denied') return { denied: 'the operator has excluded it' }
    // By any server's name of it: a server that has such a tool as well is no safer.
    const ban = known?.ban ?? knownTool(tool)?.ban
    if (ban && rule !== 'write') return { denied: ban.why }
    const own = rule ?? known?.effect ?? 'write'
    const stricter = annotations.destructiveHint === true || annotations.readOnlyHint === false
    return own === 'read' && stricter ? 'write' : own
  }

  function decide(tool: string, args: Arguments, annotations?: ToolAnnotations, server?: ServerId): Decision {
    const known = knownTool(tool, server)
    const what = toolClass(tool, known, annotations)
    if (isDenied(what)) return denied(`The tool ${tool} is not allowed: ${what.denied}.`)
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
    if (mode === 'approve')
      return { kind: 'write', reason: `${tool} may change the cluster: a person has to approve it.` }
    const why = readOnlyReason ?? 'the operator has not switched changes on'
    return denied(`${tool} may change the cluster, and the assistant is read-only: ${why}. Nothing was changed.`)
  }

  return {
    mode,
    decide,
    isOffered: (tool, annotations, server) => {
      const what = toolClass(tool, knownTool(tool, server), annotations)
      const mayWrite = mode === 'approve' && (plannedOnly === undefined || serverOf(server)?.plansChanges === true)
      return what === 'read' || (!isDenied(what) && mayWrite)
    },
    forbids: (effects, cluster) =>
      effects === undefined ? checkCluster(rules, cluster) : checkEffects(rules, effects, cluster),
  }
}

interface Denied {
  denied: string
}

/** A function: the arguments decide. */
type ToolClass = ToolEffect | ((args: Arguments) => ToolEffect) | Denied

function isDenied(what: ToolClass): what is Denied {
  return typeof what === 'object'
}

function denied(reason: string): Decision {
  return { kind: 'denied', reason }
}

/** A call of any tool with arguments of its own. */
function readCall(
  { tool, known, server }: { tool: string; known: KnownTool | undefined; server: ServerId | undefined },
  args: Arguments,
  what: Exclude<ToolClass, Denied>,
  isPlanned: boolean,
): Call | { problem: string } {
  const does = typeof what === 'function' ? what(args) : what
  // Its plan names the objects, and the arguments as they are read: both are looked at before a person is asked.
  if (does === 'write' && isPlanned) return { does, targets: [] }
  const plain =
    does === 'read'
      ? checkRead(args, serverOf(server)?.isInProcess)
      : checkWrite(args, known !== undefined, known?.target?.manifest)
  if (plain) return { problem: plain }
  const targets = targetsOf(known, args)
  if ('problem' in targets) return targets
  if (does === 'read') {
    if (targets.some(({ kind }) => kind !== undefined && isSecret(kind))) return { problem: SECRETS }
    const odd = known?.checkRead?.(args)
    return odd ? { problem: odd } : { does, targets }
  }
  const problem = checkOutput(tool, args) ?? (tool.includes('helm') ? checkHelm(args) : undefined)
  const content = problem ?? checkContent(args, targets, known?.target?.manifest)
  return content ? { problem: content } : { does, targets }
}

/** kubectl's templates can read files, and print a value without the name that tells the redaction what it is. */
function checkOutput(tool: string, { output }: Arguments): string | undefined {
  if (!tool.startsWith('kubectl_') || output === undefined) return undefined
  return typeof output === 'string' && ['json', 'yaml', 'name', 'wide', ''].includes(output)
    ? undefined
    : `The output ${words(output)} is not allowed: yaml, json or name.`
}
