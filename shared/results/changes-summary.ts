/** The changes of a result as one sentence. */
import { msg } from '../messages/create'
import type { Message } from '../messages/message'

/** @param since RFC 3339 */
export function changesSummary({ total, failed, since }: { total: number; failed: number; since: string }): Message {
  if (total === 0) return msg('changes-none', { time: since })
  return failed === 0
    ? msg('changes-found', { n: total, time: since })
    : msg('changes-found-failed', { n: total, time: since, failed })
}
