import type { Steps } from '#shared/steps'
import { grouped } from '#shared/text/grouped'
import { cutLine, headLines, tailLines, withLastLine } from './bound'

const longestLine = 1000
/** The end matters more: it has status and events, in YAML as in `kubectl describe`. */
const headShare = 0.4
const reserve = 120
/** A few milliseconds of work. */
const linesAtOnce = 5000

/** Parts of `kubectl describe` that answer few questions; dropped before the state in the middle. */
const ballast =
  /^(?:Annotations|Tolerations|Node-Selectors|QoS Class|Priority|IPs|Volumes|Topology Spread Constraints|Lease|System Info):/

/**
 * Any text in at most `maxChars`: whole if it fits, otherwise without the less useful parts of `kubectl describe`,
 * otherwise its start and end with `…` between; a last line counts omitted lines. Runs of blanks inside a line count as
 * two.
 */
export function* plainText(text: string, maxChars: number): Steps<string> {
  const all = text.split('\n')
  for (let at = 0; at < all.length; at++) {
    const line = all[at] ?? ''
    if (line.includes('   ') || line.endsWith(' '))
      all[at] = line.replace(/(?<=\S) {3,}/g, '  ').replace(/(?<! ) +$/, '')
    if (at % linesAtOnce === 0) yield
  }
  const compact = all.join('\n')
  if (compact.length <= maxChars) return compact
  yield
  const kept = withoutBallast(all)
  const lines = kept.map((line) => cutLine(line, Math.max(20, Math.min(longestLine, Math.floor(maxChars / 4)))))
  const room = Math.max(0, maxChars - reserve)
  if (lines.length < all.length && lines.join('\n').length <= room) {
    return withLastLine(
      lines.join('\n'),
      lastLine(all.length - lines.length, all.length, 'such as annotations'),
      maxChars,
    )
  }
  const head = headLines(lines, Math.floor(room * headShare))
  const tail = Math.min(lines.length - head, tailLines(lines, room - Math.floor(room * headShare)))
  const gap = lines.length - head - tail > 0 ? ['…'] : []
  const body = [...lines.slice(0, head), ...gap, ...lines.slice(lines.length - tail)].join('\n')
  return withLastLine(body, lastLine(all.length - head - tail, all.length, 'most in the middle'), maxChars)
}

function lastLine(left: number, of: number, which: string): string {
  const what = left > 0 ? `${grouped(left)} of ${grouped(of)} lines left out, ${which}` : 'long lines cut'
  return `… ${what}. The person sees all of them.`
}

/** Without these headings and their indented lines; unchanged if the text is not a description. */
function withoutBallast(lines: string[]): string[] {
  if (!lines[0]?.startsWith('Name:')) return lines
  let skipping = false
  return lines.filter((line) => {
    if (/^\S/.test(line)) skipping = ballast.test(line)
    return !skipping
  })
}
