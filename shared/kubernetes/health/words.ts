/** Interprets a status word such as `PartiallyFailed`, `pending-upgrade` or `OutOfSync` by its parts. */
import type { Verdict } from '../../result'

const BAD = new Set(
  `abnormal aborted backoff bad broken corrupt corrupted crash crashed crashing critical dead deadlock degraded denied disconnected diverged
  drifted err error errored errors evicted exceeded exhausted expired fail failed failing failure fatal fault
  faulted faulty incompatible invalid killed lost misconfigured missing offline panic refused rejected red stalled
  stuck timeout unauthorized unavailable unhealthy unmet unreachable unrecoverable unschedulable unusable yellow`.split(
    /\s+/,
  ),
)
const WAITING = new Set(
  `allocating applying attaching binding building configuring connecting containercreating creating deleting deploying
  detaching finalizing initialising initializing installing issuing joining migrating new pending podinitializing preparing
  progressing provisioning queued rebuilding reconciling recreating removing requested resizing restarting restoring
  retrying rolling scaling scheduling starting stopping syncing terminating uninstalling updating upgrading waiting`.split(
    /\s+/,
  ),
)
const OK = new Set(
  `active attached available bound complete completed connected deployed done established finished green healthy issued
  normal ok online passed ready reconciled running succeeded success successful synced true up valid`.split(/\s+/),
)
const NOT = new Set(['not', 'no', 'non', 'never', 'un', 'without'])
/** Words of completion: a completed object need not be ready. */
const FINISHED = new Set(['complete', 'completed', 'done', 'finished', 'passed', 'succeeded', 'success'])

/** True for one or two words without punctuation; a sentence is not a status. */
export function isStatusWord(cell: string): boolean {
  return /^[\p{L}\p{N}_-]+(?:[: ][\p{L}\p{N}_-]+)?$/u.test(cell) && cell.length <= 60
}

/** The verdict of a word; unknown for neutral words. */
export function wordVerdict(cell: string): Verdict {
  const parts = partsOf(cell)
  const joined = parts.join('')
  if (/^(?:outof|notfound|down$)|timedout|backoff/.test(joined)) return 'bad'
  if (/inprogress$|^undercreation$/.test(joined)) return BAD.has(parts[0] ?? '') ? 'bad' : 'waiting'
  let verdict: Verdict = 'unknown'
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? ''
    const isNegated = NOT.has(parts[index - 1] ?? '')
    if (BAD.has(part)) {
      if (!isNegated) return 'bad'
    } else if (OK.has(part)) {
      // `NotReady`, `not found`: a negated good word.
      if (isNegated) return 'bad'
      if (verdict === 'unknown') verdict = 'ok'
    } else if (WAITING.has(part) && !isNegated) verdict = 'waiting'
  }
  return verdict
}

/** True for `Completed`, `Succeeded` and the like. */
export function isFinishedWord(cell: string): boolean {
  return wordVerdict(cell) === 'ok' && partsOf(cell).some((part) => FINISHED.has(part))
}

/** True for a capitalised word: the API capitalises statuses but never names. */
export function isCapitalised(cell: string): boolean {
  return /^\p{Lu}[\p{L}]+$/u.test(cell)
}

function partsOf(cell: string): string[] {
  return cell
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
}
