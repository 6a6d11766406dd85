/** A dry run of a person's manifest, without the model: what applying it would change, object by object. */
import type { DryRunRequest } from '#shared/changes/dry-run'
import { detailOf, msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { serverToolNameSchema } from '#shared/tool-names'
import { splitManifest } from '../../../mcp/changes/manifest'
import type { ManifestPart } from '../../../mcp/changes/manifest'
import { McpUnavailableError } from '../../mcp/errors'
import { problemOf } from '../../mcp/links/cluster-state'
import type { McpLinks } from '../../mcp/links/links'
import { serverOf } from '../../mcp/servers'
import { cleanMessage } from '../../results'
import { refusal } from '../direct-read'
import type { ReadAnswer } from '../direct-read'
import { merged } from './merged'
import { planParts } from './plan-parts'
import type { PlanPartsOptions } from './plan-parts'

const TOOL = serverToolNameSchema.parse('kubectl_apply')

/** Each object costs the API server several requests. */
const MAX_OBJECTS = 100

export interface DryRunOptions extends Omit<PlanPartsOptions, 'entry' | 'namespace' | 'toolbox'> {
  links: Pick<McpLinks, 'toolbox' | 'untilReady' | 'clusterState'>
}

/**
 * Plans each object as the card of a change shows it. Only plans are requested, so it is also safe in read-only mode;
 * an MCP server without plans is never called.
 * @throws the signal's reason once it is aborted
 */
export async function dryRun(
  { manifest, namespace }: DryRunRequest,
  { links, ...options }: DryRunOptions,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  try {
    // At the start the tools are not listed yet.
    await links.untilReady(signal)
  } catch (error) {
    if (error instanceof McpUnavailableError) return refusal(502, cleanMessage(error.detail))
    throw error
  }
  const { toolbox } = links
  const entry = toolbox.tools().find(({ name, server }) => name === TOOL && serverOf(server)?.plansChanges)
  if (!entry) return refusal(404, msg('dry-run-unavailable'))
  const decision = options.policy.decide(TOOL, {}, entry.annotations, entry.server)
  if (decision.kind === 'denied') return refusal(403, decision.reason)
  const parts = readParts(manifest)
  if ('problem' in parts) return refusal(400, parts.problem)
  const state = await links.clusterState.refresh(signal)
  signal.throwIfAborted()
  if (state?.state !== 'ok') return refusal(502, state ? cleanMessage(problemOf(state)) : msg('cluster-not-read'))
  const asOf = new Date().toISOString()
  const given = { ...options, toolbox, entry, ...(namespace !== undefined && { namespace }) }
  const planned = await planParts(parts, given, signal)
  return { status: 200, result: merged(planned, { cluster: state.cluster, asOf }) }
}

function readParts(manifest: string): ManifestPart[] | { problem: Message } {
  try {
    const parts = splitManifest(manifest)
    if (parts.length <= MAX_OBJECTS) return parts
    return { problem: msg('dry-run-too-many', { objects: parts.length, most: MAX_OBJECTS }) }
  } catch (error) {
    return { problem: cleanMessage(detailOf(error)) }
  }
}
