/** The values of one revision, with credentials masked. */
import { msg } from '../../shared/messages/create'
import { stringify } from 'yaml'
import type { ResultNote, Section } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import type { ToolAnswer, ToolArguments, ToolContext } from '../tools/tool'
import { findRelease } from './find-release'
import { maskValues, secretsIn } from './mask-values'
import { chartName } from './release'
import { revisionCells } from './release-table'
import { readRevision } from './storage'
import type { Revision } from './storage'

const MAX_LINES = 400

/** @throws KubeError as findRelease; `not-found` for a revision that Helm no longer stores */
export async function releaseValues(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { revisions, coverage } = await findRelease(args, context)
  const revision = args.revision === undefined ? revisions[0] : chosen(revisions, args.revision)
  const release = await readRevision(context.cluster, revision, context.signal)
  const secrets = secretsIn(release.config, release.chart.values)
  const set = yamlLines(maskValues(release.config, secrets))
  const defaults = yamlLines(maskValues(release.chart.values, secrets))
  const [updated = '', status = '', , appVersion = ''] = revisionCells(revision, release)
  const columns = ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION']
  const row = [String(revision.revision), updated, status, chartName(release), appVersion]
  const sections: Section[] = [
    { title: 'Release', columns, rows: [row] },
    { title: 'Values set for this release', text: set.length === 0 ? '(none)' : shorten(set) },
    { title: 'Values of the chart', text: defaults.length === 0 ? '(none)' : shorten(defaults) },
  ]
  const notes = [...coverage.notes, ...cutNote(set.length), ...cutNote(defaults.length)]
  return {
    kind: 'object',
    object: { kind: 'HelmRelease', apiVersion: 'helm.sh/v1', name: revision.release, namespace: revision.namespace },
    sections,
    coverage: { scope: 'object', namespaces: [revision.namespace], shown: 1, total: 1, complete: true, notes },
  }
}

function chosen(revisions: readonly [Revision, ...Revision[]], number: number): Revision {
  const found = revisions.find((each) => each.revision === number)
  if (found) return found
  const kept = revisions.map((each) => each.revision).join(', ')
  const { release, namespace } = revisions[0]
  const detail = msg('helm-no-revision', { name: release, namespace, wanted: number, kept })
  throw new KubeError('not-found', detail, { kind: 'HelmRevision', name: release, revision: number, near: kept })
}

function yamlLines(values: unknown): string[] {
  const text = stringify(values).trimEnd()
  return text === '{}' ? [] : text.split('\n')
}

function shorten(lines: readonly string[]): string {
  return lines.slice(0, MAX_LINES).join('\n')
}

function cutNote(lines: number): ResultNote[] {
  if (lines <= MAX_LINES) return []
  return [msg('helm-values-cut', { shown: MAX_LINES, of: lines })]
}
