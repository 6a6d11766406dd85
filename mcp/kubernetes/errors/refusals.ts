/** Translates refusals of API servers and admission into a sentence for the user. */
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
  text: string
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
    text: `The admission webhook ${webhook} does not support dry runs, so that what the change does cannot be shown.`,
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

function denied(policy: string, reason = 'it gave no reason'): Refusal {
  const plain = sentence(reason)
  return {
    code: 'admission-denied',
    params: { policy, reason: plain },
    text: `The admission policy ${policy} refused it: ${plain}`,
  }
}

function webhookFailed({ message }: Words): Refusal | undefined {
  const [, webhook, words = ''] = /failed calling webhook "([^"]+)":\s*(.+)/s.exec(message) ?? []
  if (webhook === undefined) return undefined
  const reason = sentence(words.split(': ').slice(-2).join(': '))
  return {
    code: 'webhook-failed',
    params: { webhook, reason },
    text: `The admission webhook ${webhook} did not answer, and without it the API server refuses the change: ${reason}`,
  }
}

function podSecurity({ message }: Words): Refusal | undefined {
  const [, level, reason = ''] = /violates PodSecurity "([^"]+)":\s*(.+)/s.exec(message) ?? []
  if (level === undefined) return undefined
  return {
    code: 'admission-denied',
    params: { policy: `PodSecurity ${level}`, reason: sentence(reason) },
    text: `The Pod Security level ${level} of the namespace refused it: ${sentence(reason)}`,
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
    return isCount
      ? `${limit} ${what}, ${now} exist, and ${asked.get(name) ?? '?'} more ${asked.get(name) === '1' ? 'was' : 'were'} asked for`
      : `${limit} of ${what}, ${now} are used, and ${asked.get(name) ?? '?'} more were asked for`
  })
  return {
    code: 'quota-exceeded',
    params: { quota, requested, used, limited },
    text: `The quota ${quota} allows ${parts.join('; ')}. Delete unneeded objects, or raise the quota.`,
  }
}

function quotaIncomplete({ message }: Words): Refusal | undefined {
  const [, quota, fields] = /failed quota: ([^:]+): must specify (.+)/s.exec(message) ?? []
  if (quota === undefined || fields === undefined) return undefined
  return {
    code: 'quota-exceeded',
    params: { quota, fields },
    text: `The quota ${quota} only accepts containers that specify ${sentence(fields)}. Set that.`,
  }
}

const LIMIT =
  /(maximum|minimum) (\S+) usage per (\w+) is (\S+?), but (?:(limit|request) is (\S+?)|no (limit|request) is specified)(?=[,\].]|\s|$)/g

function limitRange({ message }: Words): Refusal | undefined {
  const all = [...message.matchAll(LIMIT)].map(([, edge, what, type = '', limit, , asked]) => {
    const given = asked === undefined ? 'none was specified' : `${asked} was asked for`
    return `${edge === 'minimum' ? 'wants at least' : 'allows'} ${limit} of ${what} per ${type.toLowerCase()}; ${given}`
  })
  const ratio = /(\S+) max limit to request ratio per (\w+) is (\S+?), but provided ratio is ([\d.]+)/.exec(message)
  if (ratio)
    all.push(`allows a limit of at most ${ratio[3]} times the request of ${ratio[1]}; ${ratio[4]} times was asked for`)
  if (all.length === 0) return undefined
  const limits = all.join(', and ')
  return { code: 'limit-exceeded', params: { limits }, text: `The LimitRange of the namespace ${limits}` }
}

function terminating({ message }: Words): Refusal | undefined {
  const [, namespace] = /in namespace (\S+) because it is being terminated/.exec(message) ?? []
  if (namespace === undefined) return undefined
  const text = `The namespace ${namespace} is being deleted: nothing can be created in it.`
  return { code: 'namespace-terminating', params: { namespace }, text }
}

function disruptionBudget({ message, causes = [] }: Words): Refusal | undefined {
  if (!message.includes("violate the pod's disruption budget")) return undefined
  const reason = causes.find((each) => each.reason === 'DisruptionBudget')?.message ?? ''
  const text = `A PodDisruptionBudget does not allow the eviction now${reason ? `: ${sentence(reason)}` : ''}`
  return { code: 'disruption-budget', params: { reason }, text }
}

function fieldConflict({ causes = [] }: Words): Refusal | undefined {
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict')
  if (conflicts.length === 0) return undefined
  const fields = conflicts.map(({ field = '', message = '' }) => {
    const [, manager = 'another manager'] = /conflict with "([^"]+)"/.exec(message) ?? []
    return `${field.replace(/^\./, '')} (${manager})`
  })
  const text = `Fields of the change are owned by others: ${fields.join(', ')}.`
  return { code: 'field-conflict', params: { fields: fields.join(', ') }, text }
}

function exists({ reason, name = '', message }: Words): Refusal | undefined {
  if (reason !== 'AlreadyExists') return undefined
  const called = name || /"([^"]+)" already exists/.exec(message)?.[1] || 'It'
  return { code: 'already-exists', params: { name: called }, text: `${called} exists already.` }
}

function modified({ reason, name = '', message }: Words): Refusal | undefined {
  if (reason !== 'Conflict') return undefined
  const called = name || /cannot be fulfilled on \S+ "([^"]+)"/.exec(message)?.[1] || 'It'
  const how = /precondition.*UID|UID.*precondition/i.test(message) ? 'was replaced' : 'changed'
  return { code: 'conflict', params: { name: called }, text: `${called} ${how} meanwhile.` }
}

const IMMUTABLE =
  /field is immutable|may not change once set|is immutable after creation|may not change fields other than|updates to \w+ spec for fields other than|Forbidden: may not be changed|cannot be changed/

function immutable({ kind = '', name = '', causes, message }: Words): Refusal | undefined {
  if (!IMMUTABLE.test(message)) return undefined
  const fixed = (causes ?? []).filter((each) => IMMUTABLE.test(each.message ?? ''))
  const type = kind || /^(\w+)[.\w]* "/.exec(message)?.[1] || 'object'
  const fields = [...new Set(fixed.map(({ field = '' }) => field))].filter(Boolean)
  const [only] = fields
  const what =
    fields.length === 1 && only === 'spec.template'
      ? `The pod template of a ${type}`
      : fields.length > 0
        ? `${fields.join(', ')} of a ${type}`
        : `What this changes of a ${type}`
  const other = fixed.map((each) => /(?:fields? other than|except) (.+)$/s.exec(each.message ?? '')?.[1]).find(Boolean)
  const allowed = other === undefined ? '' : ` (only ${sentence(other.split(/ are forbidden|\n/)[0] ?? '')} can)`
  return {
    code: 'immutable-field',
    params: { kind: type, name, fields: fields.join(', ') },
    text: `${what} cannot be changed${allowed}. Delete the ${type} and create it again.`,
  }
}

function invalid({ reason, kind = '', name = '', causes = [] }: Words): Refusal | undefined {
  if (reason !== 'Invalid' || causes.length === 0) return undefined
  const problems = causes.map(({ field = '', message = '' }) => `${field}: ${withoutStructs(message)}`)
  const text = `${[kind, name].filter(Boolean).join(' ')} is not valid: ${problems.join('; ')}`
  return { code: 'invalid-object', params: { kind, name, problems: problems.join('; ') }, text: sentence(text) }
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
