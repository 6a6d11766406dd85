/** The chart in deploy/chart, rendered by helm. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { root } from '../../scripts/paths.mjs'

const run = promisify(execFile)

export const CHART = join(root, 'deploy', 'chart')

/** Values in the chart's folder `ci`. */
export function valuesFile(name: 'all' | 'mcp'): string {
  return join(CHART, 'ci', `${name}-values.yaml`)
}

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})
export type ChartObject = z.infer<typeof objectSchema>

/** @returns its stdout @throws Error with helm's message */
export async function helm(...args: string[]): Promise<string> {
  return (await run('helm', args)).stdout
}

/** Renders the chart as the release `test` in the namespace `tools`. @param args e.g. `--set` */
export async function render(...args: string[]): Promise<ChartObject[]> {
  const text = await helm('template', 'test', CHART, '--namespace', 'tools', ...args)
  return parseAllDocuments(text)
    .map((document) => objectSchema.nullable().parse(document.toJS()))
    .filter((object) => object !== null)
}
