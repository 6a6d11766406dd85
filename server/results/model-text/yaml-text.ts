import type { Steps } from '#shared/steps'
import { charSet, skip } from '../../redact/text/chars'
import { plainText } from './plain-text'

/** A few milliseconds of work. */
const linesAtOnce = 2000
const space = charSet(/ /)

/** Bookkeeping of the API server and kubectl, never the answer to a question. */
const noise = /["']?(?:managedFields|kubectl\.kubernetes\.io\/last-applied-configuration|selfLink)["']?:/y
/** Dropped when room is short. */
const ballast =
  /["']?(?:uid|resourceVersion|generation|generateName|ownerReferences|terminationMessagePath|terminationMessagePolicy|lastProbeTime|lastTransitionTime|tolerations|preemptionPolicy|schedulerName|enableServiceLinks|blockOwnerDeletion|containerID)["']?:/y

/**
 * YAML in at most `maxChars`: without managedFields and last-applied-configuration; if room is short, also without uids
 * and the like; then cut in the middle.
 */
export function* yamlText(text: string, maxChars: number): Steps<string> {
  const lean = yield* without(text, noise)
  if (lean.length <= maxChars) return lean
  const light = yield* without(lean, ballast)
  const lastLine = '… uids, versions and other bookkeeping left out. The person sees all of it.'
  if (light.length + 1 + lastLine.length <= maxChars) return `${light}\n${lastLine}`
  return yield* plainText(light, maxChars)
}

/** Removes these keys and everything below them. Works on lines: parsing megabytes takes seconds. */
function* without(text: string, keys: RegExp): Steps<string> {
  const kept: string[] = []
  /** Where the part to keep begins. */
  let from = 0
  /** Column of the key being removed. */
  let skipping: number | undefined
  let lines = 0
  for (let start = 0; start <= text.length;) {
    if (++lines % linesAtOnce === 0) yield
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const content = skip(text, start, space, end)
    const indent = content - start
    const hasDash = text.startsWith('- ', content)
    if (skipping !== undefined) {
      const isBelow = content === end || indent > skipping || (indent === skipping && hasDash)
      if (!isBelow) {
        skipping = undefined
        from = start
      }
    }
    // Keeps the first key of a list item, which carries the dash.
    keys.lastIndex = content
    if (skipping === undefined && !hasDash && keys.test(text)) {
      kept.push(text.slice(from, start))
      skipping = indent
    }
    start = end + 1
  }
  if (skipping === undefined) return [...kept, text.slice(from)].join('')
  return kept.join('').replace(/\n$/, '')
}
