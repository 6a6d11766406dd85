/** Which change a question asks for, read from its words, in English and Vietnamese. */
import { firstName, namesIn } from './question-names'
import { kindOf, named, THEN, verb, workloadOf } from './write-words'
import type { ObjectKind, Place } from './write-words'

export type WriteIntent =
  | { do: 'scale'; kind: ObjectKind; name: string; namespace?: string; replicas: number }
  | { do: 'restart' | 'delete'; kind: ObjectKind; name: string; namespace?: string }
  | { do: 'install' | 'upgrade'; chart: string; name: string; namespace?: string }
  | { do: 'uninstall'; name: string; namespace?: string }
  | { do: 'apply'; kind: 'configmap' | 'namespace'; name: string; namespace?: string; data: Record<string, string> }

const VERBS: [WriteIntent['do'], RegExp][] = [
  ['uninstall', verb('uninstall|go cai dat|go bo ban cai dat|(?:delete|remove|xoa|go) (?:the )?(?:helm )?release')],
  ['upgrade', verb('upgrade|nang cap')],
  ['install', verb('install|cai dat')],
  ['restart', verb('(?:rollout )?restart|khoi dong lai')],
  ['scale', verb('scale|co gian|mo rong|thu nho|tang|giam|dieu chinh')],
  ['delete', verb('delete|remove|xoa|go bo')],
  ['apply', verb('create|apply|add|set|update|tao|ap dung|them|dat|cap nhat')],
]

/** Verbs of change, also of those that the rules do not know how to make. */
export const CHANGES = verb(
  'delete|remove|scale|restart|rollout restart|create|apply|set|edit|patch|drain|cordon|uncordon|roll ?back|install|' +
    'uninstall|upgrade|exec|xoa|go (?:bo|cai dat|release|helm)|tao|sua|ap dung|khoi dong lai|cai dat|nang cap|co gian',
)

/**
 * @param question as it was asked, since paths and values have capitals
 * @param text the same in lower case and without accents
 * @returns undefined where it is a change that the rules do not know how to make
 */
export function readWrite(question: string, text: string): WriteIntent | undefined {
  const what = VERBS.find(([, pattern]) => pattern.test(text))?.[0]
  switch (what) {
    case 'scale':
      return readScale(text)
    case 'restart': {
      const kind = workloadOf(text)
      return named(text, kind, (rest) => ({ do: 'restart', kind, ...rest }))
    }
    case 'delete': {
      const kind = kindOf(text)
      return kind && named(text, kind, (rest) => ({ do: 'delete', kind, ...rest }))
    }
    case 'uninstall':
      return release(text, (rest) => ({ do: 'uninstall', ...rest }))
    case 'install':
    case 'upgrade':
      return readChart(what, question, text)
    case 'apply':
      return readApply(question, text)
    case undefined:
      return undefined
  }
}

const REPLICAS = [
  /\b(?:to|len|xuong|thanh|con|con lai)\s+(\d{1,6})\b/,
  /\b(\d{1,6})\s+(?:replicas?|ban sao|pods?)\b/,
  /\breplicas?\s*[=:]\s*(\d{1,6})\b/,
]

function readScale(text: string): WriteIntent | undefined {
  const replicas = REPLICAS.map((pattern) => pattern.exec(text)?.[1]).find((number) => number !== undefined)
  if (replicas === undefined) return undefined
  const without = text.replace(
    /\b\d{1,6} (replicas?|ban sao|pods?)\b|\b(the )?(number of )?replicas? of\b|\bso ban sao\b/g,
    ' ',
  )
  const kind = workloadOf(without)
  return named(without, kind, (rest) => ({ do: 'scale', kind, ...rest, replicas: Number(replicas) }))
}

function release(text: string, make: (place: Place) => WriteIntent): WriteIntent | undefined {
  const { namespace } = namesIn(text)
  const patterns = [String.raw`\brelease${THEN}`, String.raw`\b(?:uninstall|upgrade|nang cap|go cai dat|go)${THEN}`]
  const name = firstName(text, patterns, namespace)
  return name === undefined ? undefined : make({ name, ...(namespace && { namespace }) })
}

const CHART = /\bchart\s+[`"'“‘]?([^\s`"'”’]+)/i

function readChart(what: 'install' | 'upgrade', question: string, text: string): WriteIntent | undefined {
  const chart = CHART.exec(question)?.[1]
  if (chart === undefined) return undefined
  // A path looks like a namespace with a pod.
  const without = text.replace(new RegExp(CHART, 'gi'), 'chart ')
  const { namespace } = namesIn(without)
  const called = String.raw`\b(?:as|named|called|release|ten la|voi ten|ten)${THEN}`
  const last = chart.split('/').findLast((part) => part !== '') ?? chart
  const name = firstName(without, [called], namespace) ?? last.toLowerCase().replace(/(-[\d.]+)?\.tgz$/, '')
  return { do: what, chart, name, ...(namespace && { namespace }) }
}

/** `KEY=value`, the value in quotation marks where it has spaces. */
const PAIR = /(?:^|\s|,)([A-Za-z0-9_.-]+)=("[^"]*"|'[^']*'|[^\s,]+)/g

function readApply(question: string, text: string): WriteIntent | undefined {
  const kind = kindOf(text)
  if (kind !== 'configmap' && kind !== 'namespace') return undefined
  const pairs = [...question.matchAll(PAIR)].map(([, key = '', value = '']) => {
    return [key, value.replace(/^(["'])(.*)\1$/, '$2')] as const
  })
  const without = text.replace(PAIR, ' ')
  return named(without, kind, (rest) => ({ do: 'apply', kind, ...rest, data: Object.fromEntries(pairs) }))
}
