/** What changed: reads the histories, finds changes, joins them with the failures after them. */
import type { ChangesResult, PastChange } from '../../shared/changes/what-changed'
import { quotedWords } from '../../shared/messages/create'
import type { Coverage } from '../../shared/result'
import { changesSummary } from '../../shared/results/changes-summary'
import { findingObject } from '../diagnose/ref'
import { runChecks } from '../diagnose/run-checks'
import { findTarget, targetRefs } from '../diagnose/target'
import type { Asked } from '../diagnose/target'
import { formatTime } from '../diagnose/time'
import { readLogs } from '../diagnose/world/read-logs'
import { missingNamespace } from '../kubernetes/list/namespaces'
import type { Cluster } from '../kubernetes/types'
import { joinFailures } from './failures/join'
import { readHistory } from './history/read-history'
import { sources } from './sources'
import { changesFor, changesIn } from './target'
import type { Change } from './types'

type Answer = Omit<ChangesResult, 'cluster' | 'asOf' | 'coverage'> & { coverage: Coverage }

/** Changes in one result; the rest is counted. */
const MOST_CHANGES = 50
/** Fields of one change. */
const MOST_FIELDS = 12

/**
 * @param asked absent fields widen the scope: without a name a namespace, without a namespace the cluster
 * @param since milliseconds since the epoch
 * @throws KubeError if the target does not exist, or nothing can be read
 */
export async function whatChanged(
  cluster: Cluster,
  asked: Asked,
  { signal, now, since }: { signal: AbortSignal; now: number; since: number },
): Promise<Answer> {
  const target = await findTarget(cluster, asked, signal)
  const { history, notes, namespaces } = await readHistory(cluster, target, { signal, now, since })
  const { world } = history
  if (target.namespace !== undefined && world.list('Pod').length === 0) {
    const missing = await missingNamespace(cluster, target.namespace, signal)
    if (missing) throw missing
  }
  await readLogs(cluster, world, signal)
  const all = sources.flatMap((source) => source.find(history)).sort((one, other) => other.at - one.at)
  const refs = targetRefs(world, target)
  const { causes } = runChecks(world, { targets: refs, namespace: target.namespace })
  const near = refs ? changesFor(world, all, refs) : all
  const failures = joinFailures(world, near, causes)
  const changes = refs || target.namespace === undefined ? near : changesIn(world, near, target.namespace, failures)
  const shown = chosen(changes, failures)
  const inNamespaces = target.namespace === undefined ? namespaces : [target.namespace]
  return {
    kind: 'changes',
    since: formatTime(since),
    summary: changesSummary({ total: changes.length, failed: failures.size, since: formatTime(since) }),
    changes: shown.map((change) => pastChange(change, failures.get(change))),
    total: changes.length,
    coverage: {
      scope: target.ref ? 'object' : inNamespaces ? 'namespaces' : 'cluster',
      ...(inNamespaces && { namespaces: inNamespaces }),
      shown: shown.length,
      total: changes.length,
      complete: notes.length === 0,
      notes,
    },
  }
}

/** All that a failure followed, then the newest; newest first. */
function chosen(changes: readonly Change[], failures: ReadonlyMap<Change, unknown>): Change[] {
  const joined = changes.filter((change) => failures.has(change)).slice(0, MOST_CHANGES)
  const others = changes.filter((change) => !failures.has(change)).slice(0, MOST_CHANGES - joined.length)
  return [...joined, ...others].sort((one, other) => other.at - one.at)
}

function pastChange(change: Change, failure: PastChange['failure']): PastChange {
  const { at, source, object, what, manager, writer, fields } = change
  return {
    at: formatTime(at),
    source,
    object: findingObject(object),
    what,
    ...(manager !== undefined && { manager: typeof manager === 'string' ? quotedWords(manager) : manager }),
    ...(writer !== undefined && { writer }),
    fields: fields.slice(0, MOST_FIELDS),
    moreFields: Math.max(0, fields.length - MOST_FIELDS),
    ...(failure && { failure }),
  }
}
