/** Parses kubernetes-mcp-server's `helm_list`, a YAML list of releases, to the table of `helm list`. */
import { parse } from 'yaml'
import { z } from 'zod'
import type { Table } from './kubectl-table'

const word = z.union([z.string(), z.number()]).transform(String)

const releases = z.array(
  z.object({
    name: word,
    namespace: word,
    revision: word,
    lastDeployed: word.default(''),
    status: word.default(''),
    chart: word.default(''),
    chartVersion: word.default(''),
    appVersion: word.default(''),
  }),
)

/** The releases, or undefined for any other text. */
export function parseHelmList(text: string): Table | undefined {
  try {
    const parsed = releases.safeParse(parse(text, { schema: 'failsafe' }))
    if (!parsed.success) return undefined
    return {
      columns: ['NAMESPACE', 'NAME', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'],
      rows: parsed.data.map((release) => [
        release.namespace,
        release.name,
        release.revision,
        release.lastDeployed,
        release.status,
        [release.chart, release.chartVersion].filter(Boolean).join('-'),
        release.appVersion,
      ]),
    }
  } catch {
    return undefined
  }
}
