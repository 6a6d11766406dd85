/** Shared columns of revision tables, and reading the payloads. */
import { msg } from '../../shared/messages/create'
import type { ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import type { ToolContext } from '../tools/tool'
import { inParallel } from '../kubernetes/list/in-parallel'
import { chartName } from './release'
import type { Release } from './release'
import { readRevision } from './storage'
import type { Revision } from './storage'

const AT_ONCE = 8

/** The cells UPDATED, STATUS, CHART and APP VERSION; `-` if the payload is unreadable. */
export function revisionCells(revision: Revision, release: Release | undefined): string[] {
  const updated = release?.info.last_deployed ?? revision.modifiedAt
  return [
    updated === undefined ? '-' : timeText(updated),
    // The label is written last, so it is newer.
    revision.status === 'unknown' ? (release?.info.status ?? 'unknown') : revision.status,
    release ? chartName(release) || '-' : '-',
    release?.chart.metadata?.appVersion || '-',
  ]
}

function timeText(time: string | number): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? '-' : date.toISOString().replace(/\.\d+Z$/, 'Z')
}

/**
 * Payloads of the revisions; unreadable ones are undefined and get a note.
 * @throws KubeError for errors that concern every call, such as a lost connection
 */
export async function readPayloads(
  revisions: readonly Revision[],
  { cluster, signal }: ToolContext,
): Promise<{ payloads: (Release | undefined)[]; notes: ResultNote[] }> {
  const unread: string[] = []
  const payloads = await inParallel(revisions, AT_ONCE, async (revision) => {
    try {
      return await readRevision(cluster, revision, signal)
    } catch (error) {
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      unread.push(`${revision.release} revision ${revision.revision}: ${error.message}`)
      return undefined
    }
  })
  return { payloads, notes: unread.length === 0 ? [] : [unreadNote(unread)] }
}

function unreadNote(unread: readonly string[]): ResultNote {
  const [first = ''] = unread
  return msg('helm-payload-unread', { n: unread.length, first })
}
