import type { Steps } from '../../redact/steps'
import { count, cutLine, headLines, tailLines, withLastLine } from './bound'

const longestLine = 1000
/** The end has more to say: status and events stand there, in YAML as in `kubectl describe`. */
const headShare = 0.4
const reserve = 120
/** A few milliseconds of work. */
const linesAtOnce = 5000

/** Parts of `kubectl describe` that answer few questions; given up before the state in the middle is. */
const ballast =
  /^(?:Annotations|Tolerations|Node-Selectors|QoS Class|Priority|IPs|Volumes|Topology Spread Constraints|Lease|System Info):/

/**
 * Any text for the model in at most `maxChars`: whole where it fits, else without the ballast of `kubectl describe`,
 * else its head and its end with `…` between; a last line says how many lines are missing. Runs of blanks within a
 * line, kubectl's padding, count as two.
 */
export function* plainText(text: string, maxChars: number): Steps<string> {
  const all = text.split('\n')
  for (let at = 0; at < all.length; at++) {
    all[at] = (all[at] ?? '').replace(/(?<=\S) {3,}/g, '  ').replace(/(?<! ) +$/, '')
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
  const what = left > 0 ? `${count(left)} of ${count(of)} lines left out, ${which}` : 'long lines cut'
  return `… ${what}. The person sees all of them.`
}

/** Without these headings and the indented lines below them; as it is where the text is no description. */
function withoutBallast(lines: string[]): string[] {
  if (!lines[0]?.startsWith('Name:')) return lines
  let skipping = false
  return lines.filter((line) => {
    if (/^\S/.test(line)) skipping = ballast.test(line)
    return !skipping
  })
}
