/**
 * Server-side dry runs through mcp-server-kubernetes' `kubectl_generic`, which takes flags as a mapping: every word of a
 * user stands behind a `=` or is a checked name, so that none becomes a flag. The model itself never calls that tool.
 */
import { z } from 'zod'
import type { PreviewNote } from '#shared/preview-note'
import type { Toolbox } from '../mcp/types'
import { brokenRef, brokenSelector, brokenType } from './names'
import { note } from './note'
import { objectOf, wordsOf } from './reader'
import { kubectlType } from './kinds'
import type { KubernetesObject, ObjectRef, ResourceType } from './types'

export type DryRun =
  /** The API server would do it; `object` is what it answered, where that says what would be. */
  | { state: 'accepted'; object?: KubernetesObject }
  /** `note` holds the API server's words. */
  | { state: 'refused'; note: PreviewNote }
  | { state: 'unavailable' }

export interface DryRunner {
  scale: (ref: ObjectRef, replicas: number) => Promise<DryRun>
  patch: (ref: ObjectRef, type: string, patch: unknown) => Promise<DryRun>
  delete: (ref: ObjectRef) => Promise<DryRun>
  deleteMatching: (type: ResourceType, labelSelector: string, namespace: string | undefined) => Promise<DryRun>
}

const TOOL = 'kubectl_generic'
const DRY_RUN_MS = 15_000
/** An argument of a process may be 128 KiB long on Linux. */
const LONGEST_PATCH = 100_000

const schema = z.object({ flags: z.looseObject({ type: z.literal('object') }) })

export function createDryRunner(toolbox: Toolbox, signal: AbortSignal): DryRunner {
  const run = async (
    command: string,
    operands: Record<string, unknown>,
    flags: Record<string, unknown>,
  ): Promise<DryRun> => {
    const entry = toolbox.tools().find(({ name }) => name === TOOL)
    // A tool that does not know `flags` would ignore the dry run.
    if (!entry || !schema.safeParse(entry.model.parameters.properties).success) return { state: 'unavailable' }
    const args = { command, ...operands, flags: { ...flags, 'dry-run': 'server' } }
    const raw = await toolbox.call(TOOL, args, { signal, timeoutMs: DRY_RUN_MS })
    if (!raw.isError) {
      const object = objectOf(raw)
      return { state: 'accepted', ...(object && { object }) }
    }
    const words = wordsOf(raw)
    return REFUSED.test(words) ? { state: 'refused', note: note('api-refuses', { words }) } : { state: 'unavailable' }
  }
  const patch = async (ref: ObjectRef, type: string, body: unknown, more = {}): Promise<DryRun> => {
    const text = JSON.stringify(body)
    if (brokenRef(ref) || text.length > LONGEST_PATCH) return { state: 'unavailable' }
    return await run('patch', { ...operandsOf(ref), outputFormat: 'json' }, { type, patch: text, ...more })
  }

  return {
    // `kubectl scale --dry-run=server` prints the object as it is; a patch of the subresource prints what it would be.
    scale: (ref, replicas) => patch(ref, 'merge', { spec: { replicas } }, { subresource: 'scale' }),
    patch: (ref, type, body) => patch(ref, type, body),
    async delete(ref) {
      if (brokenRef(ref)) return { state: 'unavailable' }
      return await run('delete', { ...operandsOf(ref), outputFormat: 'name' }, {})
    },
    async deleteMatching(type, selector, namespace) {
      if (brokenType(type) ?? brokenSelector(selector)) return { state: 'unavailable' }
      const scope = namespace === undefined ? { allNamespaces: true } : { namespace }
      return await run('delete', { resourceType: kubectlType(type), ...scope, outputFormat: 'name' }, { selector })
    },
  }
}

function operandsOf({ type, name, namespace }: ObjectRef): Record<string, unknown> {
  return { resourceType: kubectlType(type), name, ...(namespace !== undefined && { namespace }) }
}

/** Words of the API server's own refusal, not of a kubectl that is too old or of a lost connection. */
const REFUSED =
  /^Forbidden: |\((?:Forbidden|Invalid|BadRequest|Conflict|MethodNotAllowed|UnprocessableEntity)\)|The request is invalid|is invalid:|denied the request|is forbidden|does not allow/i
