import { count, cutLine, tailLines, withLastLine } from './bound'

/** What a reader of logs looks for first: levels of the common formats, klog's prefix, and how programs die. */
const trouble =
  /\b(?:err(?:or)?|fatal|panic|crit(?:ical)?|emerg|alert|exception|traceback|oom(?:killed)?|killed|segfault|refused|denied|timed? ?out)\b|^[EF]\d{4} /i

const longestLine = 600
/** The part of the room that the end of the log gets; the rest is for errors before it. */
const endShare = 0.65
/** Left for the last line. */
const reserve = 160

/**
 * A log for the model in at most `maxChars`: whole where it fits, else its end and the last distinct error lines before
 * it, in the log's order, `…` where lines are missing, and a last line that says how many those are.
 */
export function logText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const all = text.split('\n')
  const lines = all.map((line) => cutLine(line, Math.max(20, Math.min(longestLine, Math.floor(maxChars / 4)))))
  const room = Math.max(0, maxChars - reserve)
  const end = lines.length - tailLines(lines, Math.floor(room * endShare))
  const errors = errorLines(lines.slice(0, end), room - Math.floor(room * endShare))
  // What the errors did not need, the end gets.
  const used = errors.reduce((sum, index) => sum + (lines[index]?.length ?? 0) + 3, 0)
  const start = lines.length - tailLines(lines, Math.max(0, room - used))
  const before = errors.filter((index) => index < start)

  const out: string[] = []
  let next = 0
  for (const index of before) {
    if (index > next) out.push('…')
    out.push(lines[index] ?? '')
    next = index + 1
  }
  if (start > next) out.push('…')
  out.push(...lines.slice(start))
  const left = start - before.length
  const errorsKept = before.length > 0 ? ` and ${count(before.length)} error lines before them` : ''
  const kept = `kept are the last ${count(lines.length - start)}${errorsKept}`
  const last =
    left > 0
      ? `… ${count(left)} of ${count(all.length)} lines left out; ${kept}. Narrow by tail, time or container.`
      : `… long lines of ${count(all.length)} cut.`
  return withLastLine(out.join('\n'), last, maxChars)
}

/** Indexes of the last error lines that fit, each message once, in the log's order. */
function errorLines(lines: string[], maxChars: number): number[] {
  const seen = new Set<string>()
  const found: number[] = []
  let used = 0
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? ''
    if (!trouble.test(line)) continue
    // The same error a thousand times differs in its time and its numbers.
    const message = line.replace(/[\d.:TZ-]+/g, '#')
    if (seen.has(message)) continue
    if (used + line.length + 3 > maxChars) break
    seen.add(message)
    used += line.length + 3
    found.push(index)
  }
  return found.reverse()
}
