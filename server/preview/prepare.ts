import { planChange } from '../mcp/toolbox/change-phases'
import { serverOf } from '../mcp/servers'
import type { Toolbox } from '../mcp/toolbox/types'
import { cleanMessage } from '../results'
import { foreignChange } from './foreign'
import { plannedChange } from './planned'
import type { Preparation, PreviewedCall } from './types'

/**
 * Prepares a write for approval. Changes nothing.
 * @throws the signal's reason once it is aborted
 */
export async function prepareChange(call: PreviewedCall, toolbox: Toolbox, signal: AbortSignal): Promise<Preparation> {
  signal.throwIfAborted()
  if (serverOf(call.server)?.plansChanges !== true) return await foreignChange(call, toolbox, signal)
  const planned = await planChange(toolbox, call.tool, call.arguments, signal)
  switch (planned.kind) {
    case 'plan':
      return { kind: 'change', change: plannedChange(planned.plan) }
    case 'split':
      return planned
    case 'refused':
      return {
        kind: 'refused',
        note: cleanMessage(planned.note),
        ...(planned.code !== undefined && { code: planned.code }),
      }
  }
}
