/** The diff that the user approves: complete YAML with masked secrets. */
import { structuredPatch } from 'diff'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { MASK, maskObject } from '../kubernetes/mask'
import type { KubeObject } from '../kubernetes/types'
import type { FieldChange } from './field-changes'
import { valueAt, withValueAt } from './field-path'

const CONTEXT_LINES = 3

/** The time of a comparison grows with the square of its edits. */
const MAX_EDITS = 1000

/** Stands for a masked value that changes to another one. */
const OTHER_MASK = '<redacted, another value>'

/**
 * @param before undefined for a creation
 * @param after undefined for a deletion
 * @param changes marks masked values that change
 * @param mask hides what no client may see
 */
export function objectDiff(
  before: KubeObject | undefined,
  after: KubeObject | undefined,
  changes: readonly FieldChange[] = [],
  mask: (object: KubeObject) => unknown = maskObject,
): string {
  const left = before && mask(before)
  let right: unknown = after && mask(after)
  for (const { path, before: old, after: now } of changes) {
    const shown = valueAt(right, path)
    if (shown === MASK && isDeepStrictEqual(shown, valueAt(left, path)) && !isDeepStrictEqual(old, now))
      right = withValueAt(right, path, OTHER_MASK)
  }
  return unifiedDiff(yamlOf(left), yamlOf(right))
}

/** Quoted as YAML 1.1 needs it, which kubectl reads: the text `yes` is not a boolean. Empty for undefined. */
export function yamlOf(value: unknown): string {
  return value === undefined ? '' : stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}

/** Without file headers; empty if both are equal. */
export function unifiedDiff(before: string, after: string): string {
  const options = { context: CONTEXT_LINES, maxEditLength: MAX_EDITS }
  const hunks = structuredPatch('', '', before, after, '', '', options)?.hunks ?? [wholeHunk(before, after)]
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ])
    .join('\n')
}

/** All between the common beginning and the common end as removed and added. */
function wholeHunk(before: string, after: string) {
  const [old, now] = [linesOf(before), linesOf(after)]
  const least = Math.min(old.length, now.length)
  let start = 0
  while (start < least && old[start] === now[start]) start++
  let end = 0
  while (end < least - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const first = Math.max(0, start - CONTEXT_LINES)
  const [oldEnd, newEnd] = [old.length - end, now.length - end]
  const rest = Math.min(end, CONTEXT_LINES)
  const oldLines = oldEnd + rest - first
  const newLines = newEnd + rest - first
  return {
    ...{ oldStart: oldLines === 0 ? first : first + 1, oldLines },
    ...{ newStart: newLines === 0 ? first : first + 1, newLines },
    lines: [
      ...old.slice(first, start).map((line) => ` ${line}`),
      ...old.slice(start, oldEnd).map((line) => `-${line}`),
      ...now.slice(start, newEnd).map((line) => `+${line}`),
      ...now.slice(newEnd, newEnd + rest).map((line) => ` ${line}`),
    ],
  }
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
