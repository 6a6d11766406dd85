/** Brings a question into one form: lower case, no accents, no polite words, usual typing errors corrected. */

/** Lower case without accents, so that `nhật ký` and `nhat ky` are equal. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
}

const POLITE = [
  String.raw`(?:hi|hello|hey|xin chao|chao)(?: (?:there|ban|bot|em|anh|chi))?[,!.]*`,
  'please|pls|plz|kindly|just|now|then|also|ok|okay',
  "(?:can|could|would|will) you(?: please)?|i(?: want|'d like| would like| need)(?: you)? to|(?:let's|let us|lets)|help me(?: to)?|go ahead and|i need to",
  'hay|vui long|lam on|xin|nho|(?:ban )?co the|(?:giup|gium|ho)(?: (?:toi|minh|em|anh|tui))?|(?:toi|minh|em) (?:muon|can)|ban(?= (?:hay|giup|xem|cho))|a|oi',
]
const POLITE_START = new RegExp(String.raw`^(?:(?:${POLITE.join('|')})[,:]?\s+)+`)
const KUBECTL = /^(?:kubectl|kubecolor|oc|k)\s+/

/** The question without greetings, requests and `kubectl` before its verb. */
export function withoutPoliteness(text: string): string {
  const rest = text.trim().replace(POLITE_START, '').replace(KUBECTL, '')
  return rest === '' ? text.trim() : rest
}

/** Words that questions need and that are often mistyped. */
const VOCABULARY =
  `pods nodes logs deployment deployments statefulset statefulsets daemonset daemonsets replicaset replicasets services service ingress
  ingresses configmap configmaps cronjob cronjobs namespace namespaces secrets events warnings autoscaler autoscalers
  persistentvolumeclaim endpoints releases restart describe previous history rollout rollback replicas memory usage running
  pending crashing delete scale label`.split(/\s+/)
const KNOWN = new Set(VOCABULARY)

/** Corrects words one or, if they are long, two letters away. Names with hyphens or digits stay. */
export function spelled(text: string): string {
  return text.replace(/(?<![\w./=:-])[a-z]{4,}(?![\w/=:-]|\.\w)/g, (word) => {
    if (KNOWN.has(word) || KNOWN.has(`${word}s`) || KNOWN.has(word.replace(/(?:s|ed|ing)$/, ''))) return word
    return VOCABULARY.find((right) => isNear(word, right)) ?? word
  })
}

function isNear(word: string, right: string): boolean {
  if (word[0] !== right[0] || Math.abs(word.length - right.length) > 2) return false
  // Short words resemble others: only swapped letters count.
  if (right.length < 6) return word.length === right.length && isSwapped(word, right)
  return distance(word, right) <= (right.length >= 9 ? 2 : 1)
}

function isSwapped(word: string, right: string): boolean {
  const at = [...word].findIndex((letter, index) => letter !== right[index])
  if (at < 0) return false
  return word.slice(at, at + 2) === `${right[at + 1]}${right[at]}` && word.slice(at + 2) === right.slice(at + 2)
}

/** Edits between two words; a swap of neighbours is one. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at]
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1
      const edits = [(row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same]
      if (one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) edits.push((before[to - 2] ?? 0) + 1)
      next.push(Math.min(...edits))
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}
