/** Translates refusals of API servers and admission into a sentence for the user. */
import { msg, quotedWords } from '../../../shared/messages/create'
import type { Message } from '../../../shared/messages/message'
import type { ErrorParams, KubeErrorCode, StatusWords } from './errors'

type Words = Required<Pick<StatusWords, 'message'>> & StatusWords & { message: string }

/** @returns undefined for an unknown refusal */
export function refusal(words: StatusWords): Refusal | undefined {
  const { message } = words
  if (message === undefined || message === '') return undefined
  for (const read of READERS) {
    const found = read({ ...words, message })
    if (found) return found
  }
  return undefined
}

export interface Refusal {
  code: KubeErrorCode
  detail: Message
  params: ErrorParams
}

const READERS: ((words: Words) => Refusal | undefined)[] = [
  noDryRun,
  webhookDenied,
  policyDenied,
  webhookFailed,
  podSecurity,
  quotaExceeded,
  quotaIncomplete,
  limitRange,
  terminating,
  disruptionBudget,
  fieldConflict,
  exists,
  modified,
  immutable,
  invalid,
]

function noDryRun({ message }: Words): Refusal | undefined {
  const [, webhook] = /admission webhook "([^"]+)" does not support dry run/.exec(message) ?? []
  if (webhook === undefined) return undefined
  return {
    code: 'dry-run-unsupported',
    params: { webhook },
    detail: msg('dry-run-unsupported', { webhook }),
  }
}

function webhookDenied({ message }: Words): Refusal | undefined {
  const [, policy, reason] =
    /admission webhook "([^"]+)" denied the request(?::\s*(.+)| without explanation)?/s.exec(message) ?? []
  return policy === undefined ? undefined : denied(policy, reason)
}

function policyDenied({ message }: Words): Refusal | undefined {
  const [, policy, reason] =
    /(?:Validating|Mutating)AdmissionPolicy '([^']+)'.*? denied request: (.+)/s.exec(message) ?? []
  return policy === undefined ? undefined : denied(policy, reason)
}

function denied(policy: string, words?: string): Refusal {
  const reason = words === undefined ? msg('reason-none-given') : sentence(words)
  return {
    code: 'admission-denied',
    params: { policy, reason: typeof reason === 'string' ? reason : reason.text },
    detail: msg('admission-denied', { policy, reason }),
  }
}

function webhookFailed({ message }: Words): Refusal | undefined {
  const [, webhook, words = ''] = /failed calling webhook "([^"]+)":\s*(.+)/s.exec(message) ?? []
  if (webhook === undefined) return undefined
  const reason = sentence(words.split(': ').slice(-2).join(': '))
  return {
    code: 'webhook-failed',
    params: { webhook, reason },
    detail: msg('webhook-failed', { webhook, reason }),
  }
}

function podSecurity({ message }: Words): Refusal | undefined {
  const [, level, reason = ''] = /violates PodSecurity "([^"]+)":\s*(.+)/s.exec(message) ?? []
  if (level === undefined) return undefined
  return {
    code: 'admission-denied',
    params: { policy: `PodSecurity ${level}`, reason: sentence(reason) },
    detail: msg('pod-security-refused', { level, reason: sentence(reason) }),
  }
}

/** `requests.cpu=1,pods=2` */
function amounts(text: string): Map<string, string> {
  return new Map(
    text.split(',').flatMap((each): [string, string][] => {
      const [name = '', amount] = each.trim().split('=')
      return amount === undefined ? [] : [[name, amount]]
    }),
  )
}

function quotaExceeded({ message }: Words): Refusal | undefined {
  const [, quota, requested = '', used = '', limited = ''] =
    /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: ([^\s"]+)/s.exec(message) ?? []
  if (quota === undefined) return undefined
  const [asked, inUse] = [amounts(requested), amounts(used)]
  const parts = [...amounts(limited)].map(([name, limit]) => {
    const what = name.replace(/^count\//, '')
    const isCount = name.startsWith('count/') || (/^[a-z]+$/.test(name) && !['cpu', 'memory'].includes(name))
    const now = inUse.get(name) ?? '0'
    const params = { limit, what, now, asked: asked.get(name) ?? '?' }
    if (!isCount) return msg('quota-amount', params)
    return params.asked === '1' ? msg('quota-count-one', params) : msg('quota-count', params)
  })
  return {
    code: 'quota-exceeded',
    params: { quota, requested, used, limited },
    detail: msg('quota-exceeded', { quota, parts: joined(parts, 'list-semicolon') }),
  }
}

function quotaIncomplete({ message }: Words): Refusal | undefined {
  const [, quota, fields] = /failed quota: ([^:]+): must specify (.+)/s.exec(message) ?? []
  if (quota === undefined || fields === undefined) return undefined
  return {
    code: 'quota-exceeded',
    params: { quota, fields },
    detail: msg('quota-must-specify', { quota, fields: sentence(fields) }),
  }
}

const LIMIT =
  /(maximum|minimum) (\S+) usage per (\w+) is (\S+?), but (?:(limit|request) is (\S+?)|no (limit|request) is specified)(?=[,\].]|\s|$)/g

function limitRange({ message }: Words): Refusal | undefined {
  const all = [...message.matchAll(LIMIT)].map(([, edge, what, type = '', limit, , asked]) => {
    const given = asked === undefined ? msg('limit-none-given') : msg('limit-asked', { asked })
    const params = { limit: limit ?? '', what: what ?? '', type: type.toLowerCase(), given }
    return edge === 'minimum' ? msg('limit-minimum', params) : msg('limit-maximum', params)
  })
  const ratio = /(\S+) max limit to request ratio per (\w+) is (\S+?), but provided ratio is ([\d.]+)/.exec(message)
  if (ratio) all.push(msg('limit-ratio', { ratio: ratio[3] ?? '', what: ratio[1] ?? '', asked: ratio[4] ?? '' }))
  if (all.length === 0) return undefined
  const limits = joined(all, 'list-and')
  const params = { limits: limits.text }
  return { code: 'limit-exceeded', params, detail: msg('limit-exceeded', { limits }) }
}

function terminating({ message }: Words): Refusal | undefined {
  const [, namespace] = /in namespace (\S+) because it is being terminated/.exec(message) ?? []
  if (namespace === undefined) return undefined
  return { code: 'namespace-terminating', params: { namespace }, detail: msg('namespace-terminating', { namespace }) }
}

function disruptionBudget({ message, causes = [] }: Words): Refusal | undefined {
  if (!message.includes("violate the pod's disruption budget")) return undefined
  const reason = causes.find((each) => each.reason === 'DisruptionBudget')?.message ?? ''
  const detail = reason ? msg('eviction-not-allowed-why', { reason: sentence(reason) }) : msg('eviction-not-allowed')
  return { code: 'disruption-budget', params: { reason }, detail }
}

function fieldConflict({ causes = [] }: Words): Refusal | undefined {
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict')
  if (conflicts.length === 0) return undefined
  const fields = conflicts.map(({ field = '', message = '' }) => {
    const [, manager = 'another manager'] = /conflict with "([^"]+)"/.exec(message) ?? []
    return `${field.replace(/^\./, '')} (${manager})`
  })
  const params = { fields: fields.join(', ') }
  return { code: 'field-conflict', params, detail: msg('fields-owned-by-others', params) }
}

function exists({ reason, name = '', message }: Words): Refusal | undefined {
  if (reason !== 'AlreadyExists') return undefined
  const called = name || /"([^"]+)" already exists/.exec(message)?.[1]
  const detail = called ? msg('already-exists', { name: called }) : msg('already-exists-it')
  return { code: 'already-exists', params: { name: called ?? '' }, detail }
}

function modified({ reason, name = '', message }: Words): Refusal | undefined {
  if (reason !== 'Conflict') return undefined
  const called = name || /cannot be fulfilled on \S+ "([^"]+)"/.exec(message)?.[1]
  const how = /precondition.*UID|UID.*precondition/i.test(message) ? 'replaced-meanwhile' : 'modified-meanwhile'
  const detail = called ? msg(how, { name: called }) : msg(`${how}-it`)
  return { code: 'conflict', params: { name: called ?? '' }, detail }
}

const IMMUTABLE =
  /field is immutable|may not change once set|is immutable after creation|may not change fields other than|updates to \w+ spec for fields other than|Forbidden: may not be changed|cannot be changed/

function immutable({ kind = '', name = '', causes, message }: Words): Refusal | undefined {
  if (!IMMUTABLE.test(message)) return undefined
  const fixed = (causes ?? []).filter((each) => IMMUTABLE.test(each.message ?? ''))
  const type = kind || /^(\w+)[.\w]* "/.exec(message)?.[1] || 'object'
  const fields = [...new Set(fixed.map(({ field = '' }) => field))].filter(Boolean)
  const other = fixed.map((each) => /(?:fields? other than|except) (.+)$/s.exec(each.message ?? '')?.[1]).find(Boolean)
  return {
    code: 'immutable-field',
    params: { kind: type, name, fields: fields.join(', ') },
    detail: immutableDetail(type, fields, other && sentence(other.split(/ are forbidden|\n/)[0] ?? '')),
  }
}

function immutableDetail(kind: string, fields: readonly string[], allowed: string | undefined): Message {
  if (fields.length === 1 && fields[0] === 'spec.template') return msg('immutable-template', { kind })
  const params = { kind, fields: fields.join(', ') }
  if (allowed === undefined) return fields.length > 0 ? msg('immutable-named', params) : msg('immutable-this', { kind })
  return fields.length > 0
    ? msg('immutable-named-only', { ...params, allowed })
    : msg('immutable-this-only', { kind, allowed })
}

/** Messages as one, by a code that joins two. */
function joined(parts: readonly Message[], code: 'list-and' | 'list-semicolon'): Message {
  const [first = quotedWords(''), ...others] = parts
  return others.reduce((before, second) => msg(code, { first: before, second }), first)
}

function invalid({ reason, kind = '', name = '', causes = [] }: Words): Refusal | undefined {
  if (reason !== 'Invalid' || causes.length === 0) return undefined
  const problems = causes.map(({ field = '', message = '' }) => `${field}: ${withoutStructs(message)}`)
  const params = { kind, name, problems: problems.join('; ') }
  const object = [kind, name].filter(Boolean).join(' ')
  const detail = msg('object-invalid', { object, problems: sentence(params.problems) })
  return { code: 'invalid-object', params, detail }
}

/** One line, without Go's struct dumps such as `core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{…}}`. */
function sentence(text: string): string {
  return withoutStructs(text).replace(/\s+/g, ' ').trim().slice(0, 600)
}

const STRUCT = /(?:[*&]|\[\])*\b\w+\.[A-Z]\w*\{/
/** A quoted text, which may contain braces, or one brace. */
const BRACE = /"(?:[^"\\]|\\.)*"|[{}]/g

function withoutStructs(text: string): string {
  const found = STRUCT.exec(text)
  if (!found) return text
  const start = text.slice(0, found.index)
  let depth = 0
  for (const { 0: part, index } of text.slice(found.index).matchAll(BRACE)) {
    if (part === '{') depth++
    if (part === '}' && --depth === 0) {
      const rest = text.slice(found.index + index + 1).replace(/^:\s*/, '')
      return withoutStructs(start + rest)
    }
  }
  return start.replace(/[:\s]+$/, '')
}
