import { estimateTokens } from '#shared/results/tokens'
import type { Steps } from '#shared/steps'
import type { Table } from '../parse/kubectl-table'

/** Several tables with an empty line between them: small ones whole, the others share the rest of the room. */
export function* tablesText(
  tables: readonly Table[],
  maxTokens: number,
  textOf: (table: Table, maxTokens: number) => Steps<string>,
): Steps<string> {
  const texts: string[] = []
  let room = maxTokens - tables.length
  // Smallest first, so that their unused room goes to the larger ones.
  const bySize = [...tables.entries()].sort(([, one], [, other]) => sizeOf(one) - sizeOf(other))
  for (const [done, [index, table]] of bySize.entries()) {
    const text = yield* textOf(table, Math.max(0, Math.floor(room / (tables.length - done))))
    texts[index] = text
    room -= estimateTokens(text)
  }
  return texts.join('\n\n')
}

function sizeOf({ rows }: Table): number {
  return rows.reduce((size, row) => size + row.join(' ').length, 0)
}
