/** Reports failed checks: silence would mean that nothing was found. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'

/** @param what plural kind names, e.g. `HorizontalPodAutoscalers` */
export function notChecked(what: string, reason: Message): ResultNote {
  return msg('not-checked', { what, reason })
}
