/** Limits texts to a number of characters (UTF-16 units). */

/** The text's first `maxChars` characters, without splitting one. */
export function cutEnd(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  return text.slice(0, Math.max(0, maxChars)).replace(/[\ud800-\udbff]$/, '')
}

/** A line of at most `maxChars`, with an ellipsis if it was cut. */
export function cutLine(line: string, maxChars: number): string {
  return line.length <= maxChars ? line : `${cutEnd(line, maxChars - 1)}…`
}

/** The number of first lines that fit into `maxChars` with their line feeds. */
export function headLines(lines: string[], maxChars: number): number {
  let used = 0
  let taken = 0
  for (const line of lines) {
    used += line.length + 1
    if (used > maxChars) break
    taken++
  }
  return taken
}

/** As headLines, from the end. */
export function tailLines(lines: string[], maxChars: number): number {
  let used = 0
  let taken = 0
  for (let index = lines.length - 1; index >= 0; index--) {
    used += (lines[index]?.length ?? 0) + 1
    if (used > maxChars) break
    taken++
  }
  return taken
}

/** Joins a body and the line about omissions, within `maxChars`; drops that line first. */
export function withLastLine(body: string, lastLine: string, maxChars: number): string {
  if (lastLine.length >= maxChars) return cutEnd(lastLine, maxChars)
  const head = cutEnd(body, maxChars - lastLine.length - 1)
  return head === '' ? lastLine : `${head}\n${lastLine}`
}
