/** What our own MCP server says of a change that it ran. */

export interface OwnOutcome {
  status: 'done' | 'partly' | 'refused' | 'unknown'
  /** One for each object: `updated. 5 of 5 replicas are ready`; and what concerns all of them. */
  lines: string[]
}

const STATUS: [OwnOutcome['status'], RegExp][] = [
  ['done', /^Done \(cluster [^\n]*\)$/],
  ['partly', /^Only a part was done \(cluster [^\n]*\)$/],
  ['refused', /^(?:Refused: nothing was changed|Nothing was changed: [^\n]*) \(cluster [^\n]*\)$/],
  ['unknown', /^Unknown: [^\n]* \(cluster [^\n]*\)$/],
]

/** Undefined for the words of another server. */
export function readOutcome(text: string): OwnOutcome | undefined {
  const [first = '', ...lines] = text.trim().split('\n')
  const status = STATUS.find(([, pattern]) => pattern.test(first.trim()))?.[0]
  return status && { status, lines: lines.map((line) => line.replace(/^- /, '').trim()).filter((line) => line !== '') }
}

/** `Deployment web in shop: updated. 5 of 5 replicas are ready` */
const OBJECT = /^[A-Z]\w* \S+(?: in \S+)?: ([a-z][^.]*)(?:\. (.*))?$/

/** What a line says of an object, apart from which it is. */
export function readObjectLine(line: string): { state: string; notes: string } | undefined {
  const [, state, notes = ''] = OBJECT.exec(line) ?? []
  return state === undefined ? undefined : { state, notes }
}
