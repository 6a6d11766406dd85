/** Unknown kinds: conditions, common status fields and counts. */
import type { KubeObject } from '../../object'
import { conditionsHealth } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import { ageOf, bad, byDeadline, combine, distinct, ok, READY_DEADLINE, unknown, waiting } from '../health'
import { at, isRecord, numberAt, textAt } from '../../fields'
import { isStatusWord, wordVerdict } from '../words'
import { state } from '../state'

export const NO_STATUS = state('state-no-status')

/** Fields in which controllers write a status word. */
const WORDS = [
  ['phase'],
  ['state'],
  ['status'],
  ['health'],
  ['robustness'],
  ['health', 'status'],
  ['sync', 'status'],
  ['result'],
] as const
/** Fields of ready and wanted counts. */
const READY = ['readyReplicas', 'readyInstances', 'readyNodes', 'readyMembers', 'availableReplicas']
const WANTED = ['replicas', 'instances', 'nodes', 'members', 'size']

export function customHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const notes =
    at(object, 'spec', 'suspend') === true || at(object, 'spec', 'suspended') === true ? [state('state-suspended')] : []
  const status = object['status']
  if (!isRecord(status) || Object.keys(status).length === 0) return unknown(NO_STATUS, ...notes)
  const conditions = conditionsHealth(object, now)
  const others = [...statusWords(status), ...countHealth(object, now)]
  // Of equal verdicts the first one's reason wins: a condition has a message.
  const all = conditions.verdict === 'unknown' ? [...others, conditions] : [conditions, ...others]
  const found = all.reduce(combine)
  return { ...found, notes: distinct([...found.notes, ...notes]) }
}

function statusWords(status: Record<string, unknown>): Health[] {
  return WORDS.flatMap((path) => {
    const word = textAt(status, ...path)
    return word !== undefined && isStatusWord(word) ? [wordHealth(word, word)] : []
  })
}

function countHealth(object: KubeObject, now: number): Health[] {
  const ready = READY.map((field) => numberAt(object, 'status', field)).find((value) => value !== undefined)
  const wanted = WANTED.map((field) => numberAt(object, 'spec', field)).find((value) => value !== undefined)
  if (ready === undefined || wanted === undefined) return []
  return ready < wanted
    ? [byDeadline(ageOf(object, now), READY_DEADLINE, state('state-ready', { ready, wanted }))]
    : [ok()]
}

/** The verdict of one status word, with a given reason. */
export function wordHealth(word: string, reason: string): Health {
  const verdict = wordVerdict(word)
  switch (verdict) {
    case 'bad':
      return bad(reason)
    case 'waiting':
      return waiting(reason)
    case 'ok':
      return ok()
    case 'unknown':
      return unknown(reason)
  }
}
