/** Describes a log for its heading and file name. */
import type { LogResult } from '#shared/result'
import type { Text } from '../../../composables/ui/useText'

/** E.g. `shop/cart-6d5 · app · previous run · CrashLoopBackOff`, or the server's own description. */
export function logHeading(log: LogResult, t: Text): string | undefined {
  const { pod, container, previous, state } = log
  if (pod === undefined) return log.source
  const parts = [podOf(log), container, previous ? t('log.previousRun') : undefined, state]
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

export function logFileName(log: LogResult): string {
  const name = log.pod === undefined ? (log.source ?? 'log') : [podOf(log), log.container].filter(Boolean).join('-')
  return `${name.replace(/[^\w.-]+/g, '-')}${log.previous ? '-previous' : ''}.log`
}

function podOf({ namespace, pod }: LogResult): string {
  return namespace === undefined ? (pod ?? '') : `${namespace}/${pod}`
}
