import { msg } from '../../shared/messages/create'
import type { Message } from '../../shared/messages/message'

/** `Did you mean web or webs?`; undefined if there is nothing near. */
export function didYouMean(names: readonly string[]): Message | undefined {
  const last = names.at(-1)
  if (last === undefined) return undefined
  const first = names.slice(0, -1).join(', ')
  return msg('did-you-mean', { names: first === '' ? last : msg('either', { first, last }) })
}
