/** A diagnosis: find the target, read the world around it, run the checks. */
import type { Message } from '../../shared/messages/message'
import { msg } from '../../shared/messages/create'
import type { Coverage } from '../../shared/result'
import type { Finding, FindingsResult } from '../../shared/findings'
import { missingNamespace } from '../kubernetes/list/namespaces'
import type { Cluster } from '../kubernetes/types'
import { findingOf, MOST_FINDINGS } from './findings'
import { keeperOf } from './managed-by'
import { nameOf } from './ref'
import { runChecks } from './run-checks'
import type { Diagnosis } from './run-checks'
import { findTarget, targetRefs } from './target'
import type { Asked } from './target'
import type { ReadRunbooks } from './runbooks/read-runbooks'
import { runbookFor } from './runbooks/runbook'
import type { Runbook } from './runbooks/runbook'
import { readLogs } from './world/read-logs'
import { readWorld } from './world/read-world'
import type { WorldOptions } from './world/read-world'
import type { World } from './world/world'

type Answer = Omit<FindingsResult, 'cluster' | 'asOf' | 'coverage'> & { coverage: Coverage }

/**
 * @param asked absent fields widen the scope: without a name a namespace, without a namespace the cluster
 * @throws KubeError if the target does not exist, or nothing can be read
 */
export async function diagnoseScope(
  cluster: Cluster,
  asked: Asked,
  {
    signal,
    now,
    maxMs,
    runbooks,
  }: Pick<WorldOptions, 'signal' | 'now' | 'maxMs'> & { runbooks?: ReadRunbooks | undefined },
): Promise<Answer> {
  const target = await findTarget(cluster, asked, signal)
  const { world, notes, namespaces } = await readWorld(cluster, target, { signal, now, maxMs })
  if (target.namespace !== undefined && world.list('Pod').length === 0) {
    const missing = await missingNamespace(cluster, target.namespace, signal)
    if (missing) throw missing
  }
  await readLogs(cluster, world, signal)
  const diagnosis = runChecks(world, { targets: targetRefs(world, target), namespace: target.namespace })
  const { causes, checks } = diagnosis
  const shown = causes.slice(0, MOST_FINDINGS).map(findingOf)
  const known = shown.length > 0 ? ((await runbooks?.()) ?? []) : []
  const findings = await Promise.all(
    shown.map(async (finding, index) => {
      const keeper = await keeperOf(world, causes[index]?.trouble.found.object ?? { kind: '', name: '' })
      return withRunbook({ ...finding, ...(keeper && { managedBy: keeper }) }, known)
    }),
  )
  const inNamespaces = target.namespace === undefined ? namespaces : [target.namespace]
  return {
    kind: 'findings',
    verdict: causes.length > 0 ? 'bad' : canJudge(world) ? 'ok' : 'unknown',
    summary: summaryOf(diagnosis, world),
    findings,
    total: causes.length,
    checks,
    objects: world.size,
    coverage: {
      scope: target.ref ? 'object' : inNamespaces ? 'namespaces' : 'cluster',
      ...(inNamespaces && { namespaces: inNamespaces }),
      shown: findings.length,
      total: causes.length,
      complete: notes.length === 0,
      notes,
    },
  }
}

function withRunbook(finding: Finding, known: readonly Runbook[]): Finding {
  const found = runbookFor(finding, known)
  return found ? { ...finding, runbook: { title: found.title, text: found.text } } : finding
}

/** Most causes show in pods: without them nothing found is not the same as nothing wrong. */
function canJudge(world: World): boolean {
  return world.wasRead('Pod')
}

function summaryOf({ causes, checks }: Diagnosis, world: World): Message {
  const [first, ...others] = causes
  if (!first) return canJudge(world) ? msg('diagnose-ok', { n: world.size, checks }) : msg('diagnose-unknown')
  const { found } = first.trouble
  const object = nameOf(found.object)
  const { cause } = found
  return others.length === 0
    ? msg('diagnose-bad', { object, cause })
    : msg('diagnose-bad-more', { object, cause, n: others.length })
}
