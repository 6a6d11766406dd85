/** The diff that the user approves: complete YAML with masked secrets. */
import { structuredPatch } from 'diff'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { MASK, maskObject } from '../kubernetes/mask/mask'
import type { KubeObject } from '../kubernetes/types'
import type { FieldChange } from './field-changes'
import { valueAt, withValueAt } from './field-path'

const CONTEXT_LINES = 3

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

/** Empty for undefined. */
export function yamlOf(value: unknown): string {
  return value === undefined ? '' : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** Without file headers; empty if both are equal. */
export function unifiedDiff(before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT_LINES })
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ])
    .join('\n')
}
