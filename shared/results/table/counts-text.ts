/** Formats counts over all rows for the model. */
import type { Counts } from '../../result'
import { grouped } from '../../text/grouped'
import { JOINT } from '../counts'
import { fitsInTokens } from '../tokens'

/** How many values of each group are named; the first step that fits is used. */
const STEPS = [Number.POSITIVE_INFINITY, 60, 40, 25, 15, 10, 6, 3, 1]

/** The lines of all counts within `maxTokens`; with the fewest values if nothing fits. */
export function countsText(counts: readonly Counts[], maxTokens: number): string[] {
  let lines: string[] = []
  for (const most of STEPS) {
    lines = counts.filter(({ values }) => values.length > 0).map((one) => countsLine(one, most))
    if (fitsInTokens(lines.join('\n'), maxTokens)) return lines
  }
  return lines
}

function countsLine({ by, values }: Counts, most: number): string {
  const dimensions = by.split(',').length
  const isJoint = dimensions === 2 && values.every(([value]) => value.split(JOINT).length === dimensions)
  return isJoint ? `By ${by}: ${jointly(values, most)}` : `By ${by}: ${listed(values, most)}`
}

/** `Running 4,000, Pending 400, and 3 others with 12` */
function listed(values: Counts['values'], most: number): string {
  const shown = values.slice(0, most).map(([value, number]) => `${cut(value)} ${grouped(number)}`)
  const others = values.slice(most)
  const sum = others.reduce((total, [, number]) => total + number, 0)
  return [...shown, ...(others.length > 0 ? [`and ${grouped(others.length)} others with ${grouped(sum)}`] : [])].join(
    ', ',
  )
}

/**
 * `Pending 400 (batch 398, shop 2); Running 4,000 (…)`: the column with fewer values comes first, to write each value
 * once.
 */
function jointly(values: Counts['values'], most: number): string {
  const pairs = values.map(([value, number]) => {
    const [first = '', second = ''] = value.split(JOINT)
    return { first, second, number }
  })
  const isSecondOuter = new Set(pairs.map(({ second }) => second)).size <= new Set(pairs.map(({ first }) => first)).size
  const groups = new Map<string, { total: number; inner: [string, number][] }>()
  for (const { first, second, number } of pairs) {
    const [outer, inner] = isSecondOuter ? [second, first] : [first, second]
    const group = groups.get(outer) ?? { total: 0, inner: [] }
    group.total += number
    group.inner.push([inner, number])
    groups.set(outer, group)
  }
  return [...groups]
    .sort((one, other) => other[1].total - one[1].total)
    .map(([outer, { total, inner }]) => `${cut(outer)} ${grouped(total)} (${listed(inner, most)})`)
    .join('; ')
}

function cut(value: string): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value
}
