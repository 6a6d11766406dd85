/** Parses the assistant's report of a change by our own MCP server. */

export interface OwnOutcome {
  status: 'done' | 'partly' | 'refused' | 'unknown'
  /** One for each object, then the general ones. */
  lines: string[]
}

const STATUS: Record<string, OwnOutcome['status']> = {
  'Done.': 'done',
  'Only a part was done.': 'partly',
  'Refused: nothing was changed.': 'refused',
  'The outcome is not known. Do not repeat the call: read the objects first.': 'unknown',
}

/** Undefined for another server's text, and for a change that was not sent. */
export function readOutcome(text: string): OwnOutcome | undefined {
  const [first = '', ...lines] = text.trim().split('\n')
  const status = Object.hasOwn(STATUS, first) ? STATUS[first] : undefined
  return status && { status, lines: lines.map((line) => line.replace(/^- /, '').trim()).filter((line) => line !== '') }
}

/** `Deployment web in namespace shop: updated. 5 of 5 replicas are ready.` */
const OBJECT = /^[A-Z]\w* \S+(?: in namespace \S+)?: ([a-z][^.]*)\.(?: (.*))?$/

/** A line's statement about an object, without its name. */
export function readObjectLine(line: string): { state: string; notes: string } | undefined {
  const [, state, notes = ''] = OBJECT.exec(line) ?? []
  return state === undefined ? undefined : { state, notes }
}
