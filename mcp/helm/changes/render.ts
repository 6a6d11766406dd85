/** Helm's own dry run. */
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import { releaseSchema } from '../release'
import type { Release } from '../release'
import type { HelmSession } from './session'

/** The values as they will be, and the objects. @throws KubeError with what Helm says */
export async function render(session: HelmSession, command: readonly string[]): Promise<Release> {
  const output = await session.read([...command, '--dry-run=server', '--output', 'json'])
  const parsed = releaseSchema.safeParse(jsonIn(output))
  if (parsed.success) return parsed.data
  throw new KubeError(
    'server-error',
    'Helm answered the dry run in an unexpected form.',
    {},
    z.prettifyError(parsed.error),
  )
}

/** Some versions print warnings before it. */
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
