/** Searches a log for plain text, ignoring case. */

export interface Segment {
  text: string
  hit: boolean
}

// The page colours lines itself, so it removes colour codes. Built from text: ESC does not belong in a literal.
const ansiPattern = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[ -/]*[@-~]`, 'g')

/** The text without the escape sequences of a terminal. */
export function stripAnsi(text: string): string {
  return text.replace(ansiPattern, '')
}

/** The line index of each hit, one entry for each occurrence, in order. */
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

export function splitHits(line: string, query: string): Segment[] {
  const needle = query.toLowerCase()
  const text = line.toLowerCase()
  // Lower case may change the length (İ), which would misplace the marks, so nothing is marked.
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
