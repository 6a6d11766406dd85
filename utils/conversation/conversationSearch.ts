/** Finds conversations by the words of questions and answers, without diacritics. */
import { foldText } from '../browser/fold'

export interface Searchable {
  id: string
  title: string
  /** Words of all messages; absent until they are read. */
  words?: { text: string; folded: string }
}

export interface FoundConversation {
  id: string
  title: string
  /** The words around the first hit, if it is not in the title. */
  snippet?: string
}

/** Characters before and after a hit. */
const BEFORE = 30
const AFTER = 60

/**
 * @param conversations the most important ones first
 * @returns those that hold every word, by title first; all for an empty query
 */
export function searchConversations(
  query: string,
  conversations: readonly Searchable[],
  most: number,
): FoundConversation[] {
  const needles = foldText(query).split(/\s+/).filter(Boolean)
  const byTitle: FoundConversation[] = []
  const byWords: FoundConversation[] = []
  for (const { id, title, words } of conversations) {
    if (byTitle.length >= most) break
    const head = foldText(title)
    if (needles.every((needle) => head.includes(needle))) byTitle.push({ id, title })
    else if (
      words &&
      byWords.length < most &&
      needles.every((needle) => head.includes(needle) || words.folded.includes(needle))
    )
      byWords.push({ id, title, snippet: snippetOf(words, needles) })
  }
  return [...byTitle, ...byWords].slice(0, most)
}

function snippetOf({ text, folded }: { text: string; folded: string }, needles: readonly string[]): string {
  const needle = needles.find((each) => folded.includes(each)) ?? ''
  const at = folded.indexOf(needle)
  const start = Math.max(0, at - BEFORE)
  const end = Math.min(text.length, at + needle.length + AFTER)
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
}
