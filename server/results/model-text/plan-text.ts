import type { PlanResult } from '#shared/result'

/** Of all diffs: the person is shown all of them, the model a beginning. */
const MAX_DIFF_LINES = 40
const MAX_LINE = 160

const VERBS: Record<PlanResult['objects'][number]['verb'], string> = {
  create: 'would be created',
  update: 'would be changed',
  delete: 'would be deleted',
  evict: 'would be evicted',
}

/** What a change would do that is not allowed to run, and that the person has diff and command already. */
export function planText({ title, objects, notes, command }: PlanResult): string {
  let left = MAX_DIFF_LINES
  const lines = objects.flatMap(({ verb, kind, name, namespace, diff, notes: own }) => {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`
    const shown = diff === '' ? [] : diff.split('\n').slice(0, left)
    left -= shown.length
    return [
      `- ${kind} ${name}${where} ${VERBS[verb]}.`,
      ...own.map(({ text }) => text),
      ...shown.map((line) => line.slice(0, MAX_LINE)),
    ]
  })
  const given = command === undefined ? 'the diff' : 'the diff and a command to run it themselves'
  return [
    `NOT RUN: the assistant is read-only. Nothing was changed. The page shows the person ${given}: do not repeat them. Say in a sentence what would change, and what the notes warn of.`,
    title.text,
    ...notes.map(({ text }) => text),
    ...lines,
  ].join('\n')
}
