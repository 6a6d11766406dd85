/** Decides whether a value under a name is treated as a credential. */
import { isDescribingKey, promiseOf } from '#shared/redact/key'
import type { KeyPromise } from '#shared/redact/key'
import { isUuid, looksGenerated, looksRandom, looksStrong } from './generated'
import { isHarmless } from './harmless'

/** How certain it is that this is the value: `weak` is a colon inside a sentence. */
export type Evidence = 'strong' | 'weak'

/** A longer value is not a sentence. */
const LONGEST = 1000

const number = /^[-+]?\d+(?:\.\d+)?$/
/** Vault's is a UUID; of a cloud's secret manager it is a name. */
const secretId = /secret[-_. ]?id$/i
/** These make several words a sentence. */
const sentence =
  /\s(?:must|should|is|are|was|were|cannot|can't|could|not|has|have|been|be|will|required|invalid|expired|failed|lookup|mismatch|denied|missing|does|did|doesn't)\b|\b(?:failed|unable|error|invalid|cannot|illegal|missing|expected|no such|authentication|must) \w/i

/** @param name distinguishes a test's `pass=3` from a password */
export function isTaken(name: string, promise: KeyPromise, value: string, evidence: Evidence): boolean {
  if (isHarmless(value)) return false
  if (value.length > LONGEST) return promise !== 'doubtful' || looksGenerated(value)
  const isNumber = number.test(value)
  switch (promise) {
    case 'password':
      if (isNumber) return evidence === 'strong' && value.length > 3 && !/^(?:pass|pw)$/i.test(name)
      if (evidence === 'weak')
        return looksRandom(value) || looksStrong(value) || isUuid(value) || /[a-z\d][^\w\s.,:;!?'")-]/i.test(value)
      return !(/\s/.test(value) && sentence.test(value))
    case 'token':
      if (isNumber) return false
      return evidence === 'weak' ? looksRandom(value) : !(/\s/.test(value) && sentence.test(value))
    case 'doubtful':
      if (secretId.test(name)) return isUuid(value) || (/^[\w+/=]{16,}$/.test(value) && looksGenerated(value))
      if (evidence === 'strong' && isUuid(value) && /secret$/i.test(name)) return true
      return !isNumber && looksGenerated(value) && (evidence === 'strong' || looksRandom(value))
  }
}

/** The same for name and value of a field, a variable or a column. */
export function isCredential(name: string, value: string): boolean {
  const promise = promiseOf(name)
  return promise !== undefined && isTaken(name, promise, value, 'strong')
}

/** True for a field's value below such a name, `tokens { master = "x" }`, unless it describes something. */
export function isTakenBelow(promise: KeyPromise, child: string, value: string): boolean {
  if (/^(?:value|default|defaultvalue|plain|plaintext|text|current|content|literal|const|stringvalue|_)$/i.test(child))
    return isTaken(child, promise, value, 'strong')
  return (
    !isDescribingKey(child) &&
    looksGenerated(value) &&
    !isHarmless(value) &&
    (looksStrong(value) || /^[\da-f-]{20,}$/i.test(value))
  )
}
