/** Searching a log: plain text, without regard to case. */

export interface Segment {
  text: string
  hit: boolean
}

// Colour codes say nothing where the page colours the lines itself. Built from text: ESC has no place in a literal.
const ansiPattern = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[ -/]*[@-~]`, 'g')

/** The text without the escape sequences of a terminal. */
export function stripAnsi(text: string): string {
  return text.replace(ansiPattern, '')
}

/** The index of the line of each hit, one entry for each occurrence, in order. */
export function findHits(lines: readonly string[], query: string): number[] {
  const needle = query.toLowerCase()
  if (needle === '') return []
  const hits: number[] = []
  lines.forEach((line, index) => {
    const text = line.toLowerCase()
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) hits.push(index)
  })
  return hits
}

/** A line cut at the hits of the query. */
export function splitHits(line: string, query: string): Segment[] {
  const needle = query.toLowerCase()
  const text = line.toLowerCase()
  // Lower case may be longer than the text it came from (İ): then the places do not fit, and nothing is marked.
  if (needle === '' || text.length !== line.length) return [{ text: line, hit: false }]
  const segments: Segment[] = []
  let from = 0
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, from)) {
    if (at > from) segments.push({ text: line.slice(from, at), hit: false })
    segments.push({ text: line.slice(at, at + needle.length), hit: true })
    from = at + needle.length
  }
  if (from < line.length || segments.length === 0) segments.push({ text: line.slice(from), hit: false })
  return segments
}
