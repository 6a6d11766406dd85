/** Decides what a card folds: nothing is cut, and changes must be opened before approval. */
import type { Approval } from '#shared/changes/approval'
import { diffLines } from './diffLines'
import type { DiffLine } from './diffLines'

/** Visible lines of an object's longer diff. */
const SHOWN_LINES = 40
const MANY_LINES = 60
/** Visible characters of a line. */
const SHOWN_CHARS = 240
const MANY_CHARS = 320
const SHOWN_OBJECTS = 12
const MANY_ARGUMENT_LINES = 40

export interface CardLine extends DiffLine {
  /** The folded rest of the line, and the fold's id. */
  more?: { id: string; text: string }
}

export interface CardDiff {
  lines: CardLine[]
  folded?: { id: string; lines: CardLine[]; changes: number }
  added: number
  removed: number
}

/** @param index of the object on the card */
export function cardDiff(diff: string, index: number): CardDiff {
  const lines = diff === '' ? [] : diffLines(diff)
  const all = lines.map((line, at) => cardLine(line, `${index}.${at}`))
  const count = (some: readonly DiffLine[], kind: DiffLine['kind']) => some.filter((line) => line.kind === kind).length
  const counts = { added: count(lines, 'added'), removed: count(lines, 'removed') }
  if (all.length <= MANY_LINES) return { lines: all, ...counts }
  const rest = all.slice(SHOWN_LINES)
  const changes = count(rest, 'added') + count(rest, 'removed')
  return { lines: all.slice(0, SHOWN_LINES), folded: { id: `${index}.rest`, lines: rest, changes }, ...counts }
}

function cardLine(line: DiffLine, id: string): CardLine {
  if (line.text.length <= MANY_CHARS) return line
  return { ...line, text: line.text.slice(0, SHOWN_CHARS), more: { id, text: line.text.slice(SHOWN_CHARS) } }
}

export const OBJECTS_FOLD = 'objects'
export const ARGUMENTS_FOLD = 'arguments'

export function shownObjects({ objects }: Pick<Approval, 'objects'>): number {
  return objects.length > SHOWN_OBJECTS + 3 ? SHOWN_OBJECTS : objects.length
}

/** Whether the arguments are folded. Without a preview they are the only content. */
export function hasFoldedArguments({ previewed, arguments: text }: Pick<Approval, 'previewed' | 'arguments'>): boolean {
  return previewed || text.split('\n').length > MANY_ARGUMENT_LINES
}

/** Folds with changes, which must be opened before approval. */
export function requiredFolds(approval: Pick<Approval, 'objects' | 'previewed' | 'arguments'>): string[] {
  const { objects, previewed } = approval
  const folds = objects.flatMap(({ diff }, index) => {
    const { lines, folded } = cardDiff(diff, index)
    const long = [...lines, ...(folded?.lines ?? [])].flatMap(({ kind, more }) =>
      more && kind !== 'same' ? [more.id] : [],
    )
    return [...long, ...(folded && folded.changes > 0 ? [folded.id] : [])]
  })
  return [
    ...(shownObjects(approval) < objects.length ? [OBJECTS_FOLD] : []),
    ...folds,
    ...(!previewed && hasFoldedArguments(approval) ? [ARGUMENTS_FOLD] : []),
  ]
}
