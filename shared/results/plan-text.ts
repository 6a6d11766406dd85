/** What a model reads of a change that was planned and not run. */
import type { PlanResult } from '../result'

/** Of all diffs: the person is shown all of them, the model a beginning. */
const MAX_DIFF_LINES = 40
const MAX_LINE = 160

const VERBS: Record<PlanResult['objects'][number]['verb'], string> = {
  create: 'would be created',
  update: 'would be changed',
  delete: 'would be deleted',
  evict: 'would be evicted',
}

/** A plan whose diff, and command if there is one, the person has already. */
export function planText({ title, objects, notes, command, refused }: PlanResult): string {
  let left = MAX_DIFF_LINES
  const lines = objects.flatMap(({ verb, kind, name, namespace, diff, notes: own }) => {
    const shown = diff === '' ? [] : diff.split('\n').slice(0, left)
    left -= shown.length
    const effect = verb === 'update' && diff === '' ? 'would not change' : VERBS[verb]
    return [
      `- ${kind} ${name}${within(namespace)} ${effect}.`,
      ...own.map(({ text }) => text),
      ...shown.map((line) => line.slice(0, MAX_LINE)),
    ]
  })
  const given = command === undefined ? 'the diff' : 'the diff and a command to run it themselves'
  const why = refused ? 'this was a dry run of a manifest of the person' : 'the assistant is read-only'
  return [
    `NOT RUN: ${why}. Nothing was changed. The page shows the person ${given}: do not repeat them. Say in a sentence what would change, and what the notes warn of.`,
    title.text,
    ...notes.map(({ text }) => text),
    ...(refused ?? []).map(
      ({ kind = 'A document', name = '', namespace, reason }) =>
        `- ${kind} ${name}${within(namespace)} is refused: ${reason.text}`,
    ),
    ...lines,
  ].join('\n')
}

function within(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`
}
