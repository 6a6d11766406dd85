import { count, cutLine, tailLines, withLastLine } from './bound'

/** Lines that readers look for first: common error levels, klog's prefix, and crash messages. */
const trouble =
  /\b(?:err(?:or)?|fatal|panic|crit(?:ical)?|emerg|alert|exception|traceback|oom(?:killed)?|killed|segfault|refused|denied|timed? ?out)\b|^[EF]\d{4} /i

const longestLine = 600
/** Share of the room for the end of the log; earlier errors get the rest. */
const endShare = 0.65
/** Reserved for the last line. */
const reserve = 160

/**
 * A log in at most `maxChars`: whole if it fits, otherwise its end and the last distinct errors before it, in log
 * order, `…` for gaps, and a last line with the number of omitted lines.
 */
export function logText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const all = text.split('\n')
  const lines = all.map((line) => cutLine(line, Math.max(20, Math.min(longestLine, Math.floor(maxChars / 4)))))
  const room = Math.max(0, maxChars - reserve)
  const end = lines.length - tailLines(lines, Math.floor(room * endShare))
  const errors = errorLines(lines.slice(0, end), room - Math.floor(room * endShare))
  // The end gets the room that errors did not need.
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

/** Indexes of the last error lines that fit, each message once, in log order. */
function errorLines(lines: string[], maxChars: number): number[] {
  const seen = new Set<string>()
  const found: number[] = []
  let used = 0
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? ''
    if (!trouble.test(line)) continue
    // Repetitions of an error differ only in times and numbers.
    const message = line.replace(/[\d.:TZ-]+/g, '#')
    if (seen.has(message)) continue
    if (used + line.length + 3 > maxChars) break
    seen.add(message)
    used += line.length + 3
    found.push(index)
  }
  return found.reverse()
}
