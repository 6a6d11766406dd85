/** Workloads that a change has touched, and how far they are: a change is done only when its pods are. */
import { messageFrom, type Message } from '#shared/messages/message'
import type { OutcomeResult, ResultPart, Verdict } from '#shared/result'
import type { ReadCall } from '#shared/commands/command-list'

type Changed = OutcomeResult['objects'][number]

/** Kinds that report how many of their pods are ready, by plural and group. */
const RESOURCES: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
}

/** The objects of an outcome whose pods may still be on their way. */
export function followed({ objects }: Pick<OutcomeResult, 'objects'>): Changed[] {
  return objects.filter(
    ({ apiVersion, kind, state }) =>
      apiVersion === 'apps/v1' && kind in RESOURCES && (state === 'created' || state === 'updated'),
  )
}

/** The read that tells how far an object is. */
export function progressCall({ kind, name, namespace }: Changed): ReadCall {
  return {
    tool: 'kubectl_get',
    arguments: {
      resource: RESOURCES[kind],
      ...(namespace !== undefined && { namespace }),
      fieldSelector: `metadata.name=${name}`,
    },
  }
}

export interface Progress {
  verdict: Verdict
  /** Ready and wanted pods, e.g. `3/5`. */
  ready?: string
  /** Why it is not ready. */
  reason?: Message
}

/** @returns undefined if the object no longer exists, or the result is not a table */
export function progressOf(result: ResultPart): Progress | undefined {
  if (result.kind !== 'table' || result.rows.length !== 1) return undefined
  const [row = []] = result.rows
  const cell = (heading: string) => row[result.columns.indexOf(heading)]
  // A DaemonSet prints the two numbers in columns of their own.
  const [ready, desired] = [cell('READY'), cell('DESIRED')]
  const counts = ready === undefined || ready.includes('/') || desired === undefined ? ready : `${ready}/${desired}`
  const reason = result.reasons?.[0]
  return {
    verdict: result.verdicts?.[0] ?? 'unknown',
    ...(counts !== undefined && { ready: counts }),
    ...(reason && { reason: messageFrom(reason, result.localizedReasons?.[0]) }),
  }
}
