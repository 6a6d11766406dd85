/** All releases with the state of their newest revision, including pending, failed and uninstalled ones. */
import { msg } from '../../shared/messages/create'
import type { ResultNote, Verdict } from '../../shared/result'
import type { ToolAnswer, ToolArguments, ToolContext } from '../tools/tool'
import { rowReasons } from '../../shared/kubernetes/health/reasons'
import { releaseHealth } from './release-health'
import { readPayloads, revisionCells } from './release-table'
import { listRevisions, newestRevisions } from './storage'

/** A payload may be a megabyte. */
const MAX_CHARTS = 200

/** Not an API kind, but it tells the model what the rows are. */
const RELEASES = { kind: 'HelmRelease', group: 'helm.sh', version: 'v1', plural: 'helmreleases', namespaced: true }

const URGENCY: Record<Verdict, number> = { bad: 0, waiting: 1, unknown: 2, ok: 3 }

/** @throws KubeError as listTable */
export async function listReleases(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { revisions, coverage } = await listRevisions(context.cluster, {
    namespace: args.allNamespaces === true ? undefined : args.namespace,
    release: args.name,
    signal: context.signal,
  })
  const all = newestRevisions(revisions)
    .map((newest) => {
      const own = revisions.filter((each) => each.release === newest.release && each.namespace === newest.namespace)
      return { newest, health: releaseHealth(newest, own, context.now()) }
    })
    .sort((a, b) => URGENCY[a.health.verdict] - URGENCY[b.health.verdict])
  const shown = all.slice(0, args.limit ?? all.length)
  const charts = shown.slice(0, MAX_CHARTS).map(({ newest }) => newest)
  const { payloads, notes } = await readPayloads(charts, context)
  return {
    kind: 'table',
    resource: RELEASES,
    columns: ['NAMESPACE', 'NAME', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'],
    rows: shown.map(({ newest }, index) => {
      const { namespace, release, revision } = newest
      return [namespace, release, String(revision), ...revisionCells(newest, payloads[index])]
    }),
    verdicts: shown.map(({ health }) => health.verdict),
    ...rowReasons(shown.map(({ health }) => health.reason)),
    counts: [{ by: 'status', values: countStatuses(all.map(({ newest }) => newest.status)) }],
    coverage: {
      ...coverage,
      shown: shown.length,
      ...(coverage.complete ? { total: all.length } : {}),
      notes: [...coverage.notes, ...notes, ...chartsLeftOut(shown.length)],
    },
  }
}

function countStatuses(statuses: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

function chartsLeftOut(shown: number): ResultNote[] {
  if (shown <= MAX_CHARTS) return []
  return [msg('helm-charts-not-read', { read: MAX_CHARTS })]
}
