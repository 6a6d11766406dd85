/** The plan of each object of a manifest, or why there is none. */
import { randomUUID } from 'node:crypto'
import type { RefusedObject } from '#shared/changes/change-result'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ManifestObject, ManifestPart } from '../../../mcp/changes/manifest'
import type { Policy } from '../../agent/policy'
import { namesOf } from '../../approvals/place'
import type { CallRecord } from '../../audit'
import type { ToolEntry, Toolbox } from '../../mcp/toolbox/types'
import { prepareChange } from '../../preview'
import type { PreparedChange } from '../../preview'
import { cleanMessage, cleanText } from '../../results'

/** Concurrent plans of one dry run. */
const AT_ONCE = 4

export interface PlanPartsOptions {
  toolbox: Toolbox
  /** `kubectl_apply` of a server that plans changes. */
  entry: ToolEntry
  /** Of objects that name none. */
  namespace?: string
  /** The user's. */
  policy: Policy
  /** The cluster's name on a card. */
  label: string
  record: (call: CallRecord) => void
}

export type PlannedPart =
  | { kind: 'planned'; change: PreparedChange; object: ManifestObject }
  /** `code`: of our own server's error. `object`: absent if its document could not be read. */
  | { kind: 'refused'; refused: RefusedObject; code?: string; object?: ManifestObject }

/** In order. @throws the signal's reason once it is aborted */
export async function planParts(
  parts: readonly ManifestPart[],
  options: PlanPartsOptions,
  signal: AbortSignal,
): Promise<PlannedPart[]> {
  const planned: PlannedPart[] = []
  for (let at = 0; at < parts.length; at += AT_ONCE) {
    const batch = parts.slice(at, at + AT_ONCE)
    planned.push(...(await Promise.all(batch.map((part) => planPart(part, options, signal)))))
  }
  return planned
}

async function planPart(part: ManifestPart, options: PlanPartsOptions, signal: AbortSignal): Promise<PlannedPart> {
  if ('problem' in part) {
    const { problem, kind, name } = part
    const named = {
      ...(kind !== undefined && { kind: cleanText(kind) }),
      ...(name !== undefined && { name: cleanText(name) }),
    }
    return { kind: 'refused', refused: { ...named, reason: cleanMessage(problem) } }
  }
  const { object, manifest } = part
  const { entry, policy, toolbox, label, record } = options
  const namespace = object.namespace === undefined ? options.namespace : undefined
  const args = { manifest, ...(namespace !== undefined && { namespace }) }
  // In the audit without the empty lines that stand for earlier documents.
  const recorded = { ...args, manifest: typeof manifest === 'string' ? manifest.trimStart() : manifest }
  const call = { call: randomUUID(), tool: entry.name, arguments: recorded }
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  const denied = (reason: Message): PlannedPart => {
    record({ ...call, decision: 'denied', outcome: 'denied', durationMs: took() })
    return refused(object, reason)
  }
  const decision = policy.decide(entry.name, args, entry.annotations, entry.server)
  if (decision.kind === 'denied') return denied(decision.reason)
  const prepared = await prepareChange(
    { tool: entry.name, arguments: args, ...(entry.server && { server: entry.server }) },
    toolbox,
    signal,
  )
  signal.throwIfAborted()
  if (prepared.kind === 'change') {
    const { change } = prepared
    const forbidden = policy.forbids(change.objects, namesOf(label, change.plan?.cluster, change.plan?.identity))
    if (forbidden) return denied(forbidden)
    const identity = change.plan && { identity: change.plan.identity }
    record({ ...call, ...identity, decision: 'planned', outcome: 'ok', durationMs: took() })
    return { kind: 'planned', change, object }
  }
  record({ ...call, decision: 'planned', outcome: 'error', durationMs: took() })
  // One object is never split.
  if (prepared.kind === 'split') return refused(object, msg('mcp-no-plan'))
  return { ...refused(object, prepared.note), ...(prepared.code !== undefined && { code: prepared.code }) }
}

function refused(object: ManifestObject, reason: Message): Extract<PlannedPart, { kind: 'refused' }> {
  const { kind, name, namespace } = object
  const named = { kind: cleanText(kind), name: cleanText(name), ...(namespace !== undefined && { namespace }) }
  return { kind: 'refused', refused: { ...named, reason }, object }
}
