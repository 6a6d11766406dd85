/** Finds the pod that a question means in a list of pods. */
import { failureIn } from './evidence'
import { unhealthyRows } from './health'
import type { PodName } from '../question/intent'
import type { RuleContext } from '../rules/reply'
import { readRows, readTotals } from './tables'
import type { Row } from './tables'
import { whatWasDone } from '../tools/toolset'
import type { DoneCall } from '../question/turn'

export interface Pod {
  name: string
  namespace: string
  row: Row
}

export interface PodList {
  found: Pod[]
  /** Rows received, and rows in the original list: more if it was shortened. */
  seen: number
  total: number
}

export type PodSearch = PodList | { failed: string } | 'not-listed'

/** The pods of the turn's list; rows without a namespace are in the requested one. */
export function listedPods({ turn }: RuleContext, namespace: string | undefined): PodSearch {
  const listed = turn.done.find(({ name }) => whatWasDone(name) === 'list')
  if (!listed) return 'not-listed'
  const rows = readRows(listed.result)
  if (!rows) return { failed: failureIn(listed.result) ?? listed.result.slice(0, 200) }
  const pods = rows.flatMap((row) => {
    const where = row.NAMESPACE || namespace
    return row.NAME && where ? [{ name: row.NAME, namespace: where, row }] : []
  })
  // pods_list may replace a missing tool for a single namespace.
  const total = readTotals(listed.result, rows.length)?.rows ?? rows.length
  return { found: pods.filter((pod) => !namespace || pod.namespace === namespace), seen: rows.length, total }
}

/** Pods that match a name: exactly, otherwise by prefix, otherwise by substring. */
export function matching(pods: Pod[], { text }: PodName): Pod[] {
  const tests: ((name: string) => boolean)[] = [
    (name) => name === text,
    (name) => name.startsWith(`${text}-`),
    (name) => name.includes(text),
  ]
  for (const test of tests) {
    const found = pods.filter(({ name }) => test(name))
    if (found.length > 0) return found
  }
  return []
}

export function unhealthyPods(pods: Pod[]): { pod: Pod; why: string }[] {
  return pods.flatMap((pod) => unhealthyRows('pods', [pod.row]).map(({ why }) => ({ pod, why })))
}

/** The turn's call that examined a pod, if any. */
export function doneFor({ turn }: RuleContext, what: 'logs' | 'describe', pod: string): DoneCall | undefined {
  return turn.done.find((call) => whatWasDone(call.name) === what && call.arguments.name === pod)
}
