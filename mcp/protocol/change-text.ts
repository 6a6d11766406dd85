/** The short text of a plan or an outcome, for the model and for clients that ignore structured content. */
import type { ChangeOutcome, ChangePlan, ChangeSplit } from '../../shared/changes/change'
import type { ResultNote } from '../../shared/result'

/** Total over all diffs of a plan. The user sees all lines, the model only these. */
const MAX_DIFF_LINES = 40
const MAX_LINE = 200
const MAX_NOTES = 12

interface Ref {
  kind: string
  name: string
  namespace?: string | undefined
}

export function planText({ title, objects, notes, confirm, cluster }: ChangePlan): string {
  const user = cluster.user === undefined ? '' : ` as ${cluster.user}`
  let left = MAX_DIFF_LINES
  const parts = objects.flatMap((object) => {
    const lines = object.diff === '' ? [] : object.diff.split('\n')
    const shown = lines.slice(0, left).map((line) => line.slice(0, MAX_LINE))
    left -= shown.length
    const cut = lines.length - shown.length
    return [
      `${object.verb} ${refText(object)}`,
      ...noteLines(object.notes),
      ...shown,
      ...(cut > 0 ? [`… ${cut} more lines of this diff`] : []),
    ]
  })
  return [
    `Plan, nothing is changed yet: ${title.text} (cluster ${cluster.name}${user})`,
    ...noteLines(notes),
    ...parts,
    ...(confirm === undefined ? [] : [`To approve it, a person types: ${confirm}`]),
  ].join('\n')
}

export function splitText({ calls }: ChangeSplit): string {
  return `The request has ${calls.length} objects. Each is planned, approved and run by a call of its own, in this order.`
}

const STATUS: Record<ChangeOutcome['status'], string> = {
  done: 'Done',
  partly: 'Only a part was done',
  refused: 'Refused: nothing was changed',
  changed: 'Nothing was changed: the cluster has changed since the plan',
  unknown: 'Unknown: it was sent, and no answer came. Do not repeat it before you have looked',
}

const STATES: Record<ChangeOutcome['objects'][number]['state'], string> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  deleted: 'deleted',
  terminating: 'marked for deletion, still there',
  refused: 'refused',
  'not-tried': 'not tried',
  unknown: 'unknown',
}

export function outcomeText({ status, objects, notes, plan, cluster }: ChangeOutcome): string {
  return [
    `${STATUS[status]} (cluster ${cluster.name})`,
    ...noteLines(notes),
    ...objects.map((object) =>
      [`${refText(object)}: ${STATES[object.state]}`, ...object.notes.map(({ text }) => text.replace(/\.$/, ''))].join(
        '. ',
      ),
    ),
    ...(plan ? [planText(plan)] : []),
  ].join('\n')
}

function refText({ kind, name, namespace }: Ref): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`
}

function noteLines(notes: readonly ResultNote[]): string[] {
  const lines = notes.slice(0, MAX_NOTES).map(({ text }) => `- ${text}`)
  return notes.length > MAX_NOTES ? [...lines, `- and ${notes.length - MAX_NOTES} more notes`] : lines
}
