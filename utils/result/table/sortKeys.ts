/** Sort keys for cells: kubectl prints ages, ratios and quantities as text, which would sort wrongly. */
import { parseAge } from '#shared/kubernetes/durations'
import { parseQuantity } from '#shared/kubernetes/quantities'

export type ColumnKind = 'age' | 'ratio' | 'quantity' | 'number' | 'text'
export type SortKey = number | string | undefined

/** kubectl's placeholders for an absent value; they sort last in both directions. */
export function isEmptyCell(cell: string): boolean {
  return cell === '' || cell === '-' || /^<[a-z ]+>$/i.test(cell)
}

// `3 (5m ago)` is a RESTARTS cell.
function withoutRemark(cell: string): string {
  return cell.replace(/\s*\(.*\)$/, '')
}

/** Seconds of a kubectl duration, e.g. `5d3h` or `12s (x3 over 5m)`; undefined for other texts. */
export function ageSeconds(cell: string): number | undefined {
  return parseAge(withoutRemark(cell))
}

/** `1/2` sorts by its share, so that unready rows come first; equal shares by size. */
function ratioKey(cell: string): number | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(cell)
  if (!match) return undefined
  const [part, whole] = [Number(match[1]), Number(match[2])]
  return (whole === 0 ? 1 : part / whole) + whole * 1e-9
}

/** The value of a Kubernetes quantity or share, e.g. `250m`, `64Mi`, `12%`. */
function quantityKey(cell: string): number | undefined {
  return parseQuantity(cell.replace(/%$/, ''))
}

function numberKey(cell: string): number | undefined {
  const text = withoutRemark(cell)
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

const readers: Record<Exclude<ColumnKind, 'text'>, (cell: string) => number | undefined> = {
  number: numberKey,
  ratio: ratioKey,
  age: ageSeconds,
  quantity: quantityKey,
}

/**
 * A column's kind: the first that fits every non-empty cell. `5m` means minutes under AGE and thousandths under CPU, so
 * the heading decides the order of tries.
 */
export function columnKind(heading: string, cells: readonly string[]): ColumnKind {
  const filled = cells.filter((cell) => !isEmptyCell(cell))
  if (filled.length === 0) return 'text'
  const isQuantity = /CPU|MEM|CAPACITY|STORAGE|REQUEST|LIMIT|SIZE|%/i.test(heading)
  const order = isQuantity
    ? (['number', 'quantity', 'ratio', 'age'] as const)
    : (['number', 'ratio', 'age', 'quantity'] as const)
  return order.find((kind) => filled.every((cell) => readers[kind](cell) !== undefined)) ?? 'text'
}

/** A cell's sort key; undefined for an empty cell or one of another kind. */
export function sortKey(kind: ColumnKind, cell: string): SortKey {
  if (isEmptyCell(cell)) return undefined
  return kind === 'text' ? cell : readers[kind](cell)
}

// Compares numbers in texts by value: node-2 before node-10, 10.0.0.9 before 10.0.0.10.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Compares two keys of one column; neither may be undefined. */
export function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}
