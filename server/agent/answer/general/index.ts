/** Whether a question is about Kubernetes in general, so that it names nothing of the cluster. */
import { ENGLISH } from './english'
import { PLAIN_VIETNAMESE, VIETNAMESE } from './vietnamese'
import { NAMED } from './vocabulary'

const LANGUAGES = [ENGLISH, VIETNAMESE, PLAIN_VIETNAMESE]

/** Characters: a longer text holds somebody's logs or manifests. */
const LONGEST = 300

/**
 * A general question has the form of one (what a kind is, how something is done), and nothing in it points at what
 * exists: no name, no possessive, no place, no time.
 */
export function isGeneral(question: string): boolean {
  if (question.length > LONGEST) return false
  return LANGUAGES.some(({ isIn, opening, smallTalk, isForm, isSpecific }) => {
    const whole = lowerFirst(question.trim().normalize('NFC'))
    if (!isIn(whole)) return false
    if (smallTalk.test(whole)) return true
    const asked = lowerFirst(whole.replace(opening, '')).replace(/[?.!\s]+$/, '')
    return isForm(asked) && !isSpecific(asked)
  })
}

/** Whether an answer says what only somebody who has looked can say. */
export function hasState(answer: string): boolean {
  return LANGUAGES.some(({ state }) => state.test(answer))
}

/** A capital at the start of a sentence says nothing about the word; `CrashLoopBackOff` has others. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}*(?![\p{L}])/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** Whether a question or an answer names something of a cluster. */
export function namesCluster(text: string): boolean {
  return NAMED.test(text)
}
