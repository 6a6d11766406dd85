/** Changes as one unified diff of YAML that shows no secret, and says where a change hides behind a redaction. */
import { isDeepStrictEqual } from 'node:util'
import { structuredPatch } from 'diff'
import { stringify } from 'yaml'
import type { PreviewNote } from '#shared/preview-note'
import { cleanValue, redactText } from '../results'
import { hiddenChanges } from './hidden-changes'
import { keepMasks } from './masked-secret'
import { note } from './note'
import { strip } from './strip'
import type { Change } from './types'

export interface ShownDiff {
  /** Absent where nothing would change. */
  diff?: string
  /** Not redacted yet. */
  notes: PreviewNote[]
}

const MOST_LINES = 400
const LONGEST_LINE = 400
/** What takes longer to compare is shown as removed and added. In milliseconds. */
const COMPARE_MS = 500
const MOST_PATHS = 10

/** @param whole shows the values as they are, not as objects of Kubernetes: nothing is stripped */
export function showDiff(changes: readonly Change[], whole = false): ShownDiff {
  const shown = changes.map((change) => showChange(change, whole))
  const lines = shown.flatMap(({ lines }, index) =>
    changes.length > 1 ? titled(lines, changes[index]?.title ?? '') : lines,
  )
  const notes = shown.flatMap(({ notes }) => notes)
  return { ...(lines.length > 0 && { diff: bounded(lines).join('\n') }), notes }
}

function showChange(change: Change, whole: boolean): { lines: string[]; notes: PreviewNote[] } {
  const { title, before, after, note: masked } = keepMasks(change)
  const [old, next] = [before, after].map((object) => object && (whole ? object : strip(object)))
  const [oldShown, nextShown] = [old, next].map((object) => object && cleanValue(object))
  const hidden = old && next ? hiddenNote(title, hiddenChanges(old, next, oldShown, nextShown)) : undefined
  const notes = [masked, hidden].filter((each) => each !== undefined)
  if (old && next && isDeepStrictEqual(old, next))
    return { lines: [], notes: masked === undefined ? [note('unchanged', { object: title })] : notes }
  return { lines: compare(toYaml(oldShown), toYaml(nextShown)), notes }
}

function hiddenNote(object: string, all: readonly string[]): PreviewNote | undefined {
  if (all.length === 0) return undefined
  const [paths, more] = [all.slice(0, MOST_PATHS).join(', '), all.length - MOST_PATHS]
  return more > 0 ? note('hidden-more', { object, paths, more }) : note('hidden', { object, paths })
}

/** YAML 1.1, as kubectl reads and writes it: the text `yes` is quoted. */
function toYaml(value: unknown): string {
  if (value === undefined) return ''
  return redactText(stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' }))
}

function compare(before: string, after: string): string[] {
  if (before === after) return []
  if (before === '') return marked(after, '+')
  if (after === '') return marked(before, '-')
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, timeout: COMPARE_MS })
  if (!patch) return [...marked(before, '-'), ...marked(after, '+')]
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ])
}

function marked(text: string, mark: '+' | '-'): string[] {
  const lines = text.trimEnd().split('\n')
  const count = mark === '+' ? `-0,0 +1,${lines.length}` : `-1,${lines.length} +0,0`
  return [`@@ ${count} @@`, ...lines.map((line) => mark + line)]
}

/** As git names the function after a hunk's numbers. */
function titled(lines: string[], title: string): string[] {
  return lines.map((line) => (line.startsWith('@@') ? `${line} ${title}` : line))
}

function bounded(lines: string[]): string[] {
  const short = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1).toWellFormed()}…` : line))
  const more = lines.length - short.length
  return more > 0 ? [...short, `@@ … ${more} more lines @@`] : short
}
