/** Helm's own dry run. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import { releaseSchema } from '../release'
import type { Release } from '../release'
import type { HelmSession } from './session'

/**
 * Returns the values and objects after the change.
 * @throws KubeError with Helm's message
 */
export async function render(session: HelmSession, command: readonly string[]): Promise<Release> {
  const output = await session.read([...command, '--dry-run=server', '--output', 'json'])
  const parsed = releaseSchema.safeParse(jsonIn(output))
  if (parsed.success) return parsed.data
  throw new KubeError('server-error', msg('helm-dry-run-unexpected'), {}, z.prettifyError(parsed.error))
}

/** Some versions print warnings first. */
function jsonIn(output: string): unknown {
  try {
    return JSON.parse(output.slice(Math.max(0, output.indexOf('{'))))
  } catch {
    return undefined
  }
}

/** True if a template reads the clock. */
export function usesTime({ chart }: Release): boolean {
  return chart.templates.some(({ data }) => /\{\{[^}]*\bnow\b/.test(Buffer.from(data ?? '', 'base64').toString('utf8')))
}
