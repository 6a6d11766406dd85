/** A reason as results contain it: the English text, and beside it what the page translates. */
import { localized } from '../../messages/message'
import type { Localized, Message } from '../../messages/message'

interface ReasonFields {
  reason?: string
  localizedReason?: Localized
}

export function reasonFields(reason: Message | undefined): ReasonFields {
  if (reason === undefined) return {}
  return { reason: reason.text, ...(isOurs(reason) && { localizedReason: localized(reason) }) }
}

export interface RowReasons {
  reasons: Record<string, string>
  localizedReasons: Record<string, Localized>
}

/** By the index of the row. */
export function rowReasons(all: readonly (Message | undefined)[]): RowReasons {
  const given = all.flatMap((reason, index) => (reason ? [[String(index), reason] as const] : []))
  return {
    reasons: Object.fromEntries(given.map(([index, { text }]) => [index, text])),
    localizedReasons: Object.fromEntries(
      given.filter(([, reason]) => isOurs(reason)).map(([index, reason]) => [index, localized(reason)]),
    ),
  }
}

/** The words of the cluster are not translated. */
function isOurs({ code }: Message): boolean {
  return code !== 'words'
}
