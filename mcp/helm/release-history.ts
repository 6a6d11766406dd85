/** The revisions of one release, newest first. */
import type { ToolAnswer, ToolArguments, ToolContext } from '../tools/tool'
import { findRelease } from './find-release'
import { maskText, secretsIn } from './mask-values'
import type { Release } from './release'
import { readPayloads, revisionCells } from './release-table'

const DEFAULT_LIMIT = 20

/** @throws KubeError as findRelease */
export async function releaseHistory(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { revisions, coverage } = await findRelease(args, context)
  const shown = revisions.slice(0, args.limit ?? DEFAULT_LIMIT)
  const { payloads, notes } = await readPayloads(shown, context)
  return {
    kind: 'table',
    columns: ['NAMESPACE', 'NAME', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'],
    rows: shown.map((revision, index) => {
      const payload = payloads[index]
      const { namespace, release } = revision
      const cells = revisionCells(revision, payload)
      return [namespace, release, String(revision.revision), ...cells, descriptionOf(payload)]
    }),
    coverage: {
      ...coverage,
      scope: 'namespaces',
      namespaces: [revisions[0].namespace],
      shown: shown.length,
      total: revisions.length,
      notes: [...coverage.notes, ...notes],
    },
  }
}

const MAX_DESCRIPTION = 300

/** The error of a failed revision may contain a value. */
function descriptionOf(release: Release | undefined): string {
  if (!release || release.info.description === '') return '-'
  const text = maskText(release.info.description, secretsIn(release.config, release.chart.values))
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_DESCRIPTION ? `${line.slice(0, MAX_DESCRIPTION)}…` : line
}
