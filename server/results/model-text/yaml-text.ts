import type { Steps } from '#shared/steps'
import { plainText } from './plain-text'

/** A few milliseconds of work. */
const linesAtOnce = 2000

/** Bookkeeping of the API server and kubectl, never the answer to a question. */
const noise = /^["']?(?:managedFields|kubectl\.kubernetes\.io\/last-applied-configuration|selfLink)["']?:/
/** Dropped when room is short. */
const ballast =
  /^["']?(?:uid|resourceVersion|generation|generateName|ownerReferences|terminationMessagePath|terminationMessagePolicy|lastProbeTime|lastTransitionTime|tolerations|preemptionPolicy|schedulerName|enableServiceLinks|blockOwnerDeletion|containerID)["']?:/

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
  const out: string[] = []
  /** Column of the key being removed. */
  let skipping: number | undefined
  let lines = 0
  for (const line of text.split('\n')) {
    if (++lines % linesAtOnce === 0) yield
    const indent = line.search(/[^ ]/)
    const dash = /^ *- +/.exec(line)?.[0].length ?? 0
    if (skipping !== undefined) {
      const isBelow = indent < 0 || indent > skipping || (indent === skipping && dash > 0)
      if (isBelow) continue
      skipping = undefined
    }
    // Keeps the first key of a list item, which carries the dash.
    if (dash === 0 && keys.test(line.slice(Math.max(0, indent)))) skipping = indent
    else out.push(line)
  }
  return out.join('\n')
}
