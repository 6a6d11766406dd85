import type { OutcomeResult, OutcomeState } from '#shared/result'

const STATES: Record<OutcomeState, string> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  deleted: 'deleted',
  terminating: 'marked for deletion, still there',
  refused: 'refused',
  'not-tried': 'not tried',
  unknown: 'it is not known whether it was changed',
}

const STATUSES: Record<OutcomeResult['status'], string> = {
  done: 'Done.',
  partly: 'Only a part was done.',
  refused: 'Refused: nothing was changed.',
  changed: 'Not run: the cluster has changed since the person saw the plan, and they are asked again.',
  unknown: 'The outcome is not known. Do not repeat the call: read the objects first.',
}

/** The outcome of a change, one line for each object with its current state, so that it need not be read again. */
export function outcomeText({ status, objects, notes }: OutcomeResult): string {
  const lines = objects.map(({ kind, name, namespace, state, notes: own }) => {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`
    return [`- ${kind} ${name}${where}: ${STATES[state]}.`, ...own.map(({ text }) => sentence(text))].join(' ')
  })
  return [STATUSES[status], ...lines, ...notes.map(({ text }) => sentence(text))].join('\n')
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
