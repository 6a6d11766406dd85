import type { Preview } from '#shared/approval'
import type { Toolbox } from '../mcp/types'

export interface PreparedWrite {
  arguments: Record<string, unknown>
  namespace?: string
  target?: string
  preview: Preview
  confirm?: string
}

export async function prepareWrite(
  _tool: string,
  args: Record<string, unknown>,
  _toolbox: Toolbox,
  _signal: AbortSignal,
): Promise<PreparedWrite> {
  return { arguments: args, preview: { basis: 'none', notes: ['Nothing could be previewed.'] } }
}

export function verificationCall(
  _tool: string,
  _args: Record<string, unknown>,
  _toolNames: ReadonlySet<string>,
): { tool: string; arguments: Record<string, unknown> } | undefined {
  return undefined
}

export function isConflict(text: string): boolean {
  return text.includes('the object has been modified')
}
