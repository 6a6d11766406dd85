import type { Table } from '../parse/kubectl-table'
import type { Steps } from '../../redact/steps'
import { cutEnd } from './bound'
import { tableText } from './table-text'

/** Several tables with an empty line between them: small ones whole, the others share the rest of the room. */
export function* tablesText(tables: Table[], args: Record<string, unknown>, maxChars: number): Steps<string> {
  const texts: string[] = []
  let room = maxChars - 2 * (tables.length - 1)
  // Smallest first, so that their unused room goes to the larger ones.
  const bySize = tables.map((_, index) => index).sort((one, other) => sizeOf(tables[one]) - sizeOf(tables[other]))
  for (const [done, index] of bySize.entries()) {
    const table = tables[index]
    const text = table ? yield* tableText(table, args, Math.max(0, Math.floor(room / (tables.length - done)))) : ''
    texts[index] = text
    room -= text.length
  }
  return cutEnd(texts.join('\n\n'), maxChars)
}

function sizeOf(table: Table | undefined): number {
  return (table?.rows ?? []).reduce((size, row) => size + row.join(' ').length, 0)
}
