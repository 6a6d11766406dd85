/** Parses a question's intent from its words, in English and Vietnamese. */
import { kindIn, looksGenerated, namesIn } from './names'
import type { ListKind, TopKind } from './names'
import { CHANGES, readWrite } from './write-intent'
import type { WriteIntent } from './write-intent'

export type Language = 'en' | 'vi'

export type Intent =
  | { type: 'list'; kind: ListKind; namespace?: string }
  | { type: 'describe' | 'logs'; pod?: PodName; namespace?: string; previous: boolean }
  | { type: 'top'; kind: TopKind; namespace?: string }
  | { type: 'diagnose'; pod?: PodName; namespace?: string }
  /** Undefined for an unsupported change. */
  | { type: 'write'; write: WriteIntent | undefined }
  | { type: 'help' }

export interface PodName {
  text: string
  /** True for a full pod name such as `cart-694bc7cd75-98wzg` or `ledger-0`; false for a workload's. */
  whole: boolean
}

const VIETNAMESE_LETTER = /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]/iu
const VIETNAMESE_WORDS =
  /\b(liet ke|cho toi|cho xem|hien thi|danh sach|tat ca|nhat ky|mo ta|khong gian ten|tai sao|co gi|van de|cua pod|su kien|bao nhieu|nhung pod|cac pod|khoi dong lai|cai dat|nang cap|co gian|ban sao)\b/

const LOGS = /\blogs?\b|nhat ky/
const DESCRIBE = /\bdescribe\b|\bdetails?\b|\bmo ta\b|\bchi tiet\b/
const WRONG =
  /\b(wrong|problems?|broken|issues?|unhealthy|fail(s|ed|ing|ures?)?|crash(es|ed|ing)?|trouble|why|debug|diagnose|errors?|not (running|ready|healthy|working)|stuck|down|sai|loi|van de|hong|su co|tai sao|vi sao|truc trac|bat thuong|khong on|khong chay)\b/
const TOP = /\btop\b|\bcpu\b|\bmemory\b|\busage\b|\bbo nho\b/
const EXPLAIN = /\bwhat (is|are) (an? )?(pod|deployment|service|node|namespace|event)s?\b|\bla gi\b|\bhow (do|can|to)\b/
const LIST =
  /\b(list|show|get|see|display|give|find|which|what|how many|count|all|any|are there|liet ke|hien thi|cho toi|cho xem|xem|danh sach|bao nhieu|tat ca|nhung|cac|lay|co)\b/
const PREVIOUS = /\bprevious\b|\blast (run|container)\b|\btruoc( do)?\b/

export function languageOf(question: string): Language {
  return VIETNAMESE_LETTER.test(question.normalize('NFC')) || VIETNAMESE_WORDS.test(plain(question)) ? 'vi' : 'en'
}

export function readIntent(question: string): Intent {
  const text = plain(question)
  const write = readWrite(question, text)
  if (write || CHANGES.test(text)) return { type: 'write', write }
  const { namespace, pod } = namesIn(text)
  const where = namespace ? { namespace } : {}
  const which = pod ? { pod: { text: pod, whole: looksGenerated(pod) } } : {}
  if (LOGS.test(text)) return { type: 'logs', ...which, ...where, previous: PREVIOUS.test(text) }
  if (DESCRIBE.test(text)) return { type: 'describe', ...which, ...where, previous: false }
  if (WRONG.test(text)) return { type: 'diagnose', ...which, ...where }
  if (TOP.test(text)) return { type: 'top', kind: kindIn(text) === 'nodes' ? 'nodes' : 'pods', ...where }
  const kind = kindIn(text)
  const short = text.trim().split(/\s+/).length <= 4
  if (kind && !EXPLAIN.test(text) && (short || LIST.test(text))) {
    return { type: 'list', kind, ...(kind !== 'namespaces' && kind !== 'nodes' && where) }
  }
  return { type: 'help' }
}

/** Lower case without accents, so that `nhật ký` and `nhat ky` are equal. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
}
