/** Parses the change that a question requests, in English and Vietnamese. */
import { firstName, namesIn } from './names'
import { kindOf, named, THEN, verb, workloadOf } from './write-words'
import type { ObjectKind, Place } from './write-words'

interface Named {
  name: string
  namespace?: string
}
interface Target extends Named {
  kind: ObjectKind
}

export type WriteIntent =
  | ({ do: 'scale'; replicas: number } & Target)
  | ({ do: 'restart' | 'undo' | 'delete' } & Target)
  | ({ do: 'image'; image: string; container?: string } & Target)
  /** Null removes it. */
  | ({ do: 'label' | 'annotate'; pairs: Record<string, string | null> } & Target)
  | ({ do: 'cordon' | 'uncordon' | 'drain'; kind: 'node' } & Named)
  | ({ do: 'install' | 'upgrade'; chart: string } & Named)
  | ({ do: 'rollback' | 'uninstall' } & Named)
  | ({ do: 'apply'; kind: 'configmap' | 'namespace'; data: Record<string, string> } & Named)

const SET = 'set|change|update|use|dat|doi|cap nhat'

/** The first match wins: narrow verbs come before `delete` and `set`. */
const VERBS: [WriteIntent['do'], RegExp][] = [
  ['uninstall', verb('uninstall|go cai dat|go bo ban cai dat|(?:delete|remove|xoa|go) (?:the )?(?:helm )?release')],
  ['rollback', verb('(?:roll ?back|undo|hoan tac|quay lai) (?:the )?(?:helm )?release')],
  ['undo', verb('roll ?back|undo|rollout undo|hoan tac|quay lai')],
  ['label', verb('label|(?:add|set|put|remove|delete) (?:the |a )?labels?|(?:gan|them|dat|bo|go|xoa) (?:nhan|label)')],
  [
    'annotate',
    verb('annotate|(?:add|set|put|remove|delete) (?:the |an )?annotations?|(?:gan|them|dat|bo|go|xoa) annotation'),
  ],
  ['uncordon', verb('uncordon|bo cordon|mo lai node')],
  ['cordon', verb('cordon')],
  ['drain', verb('drain')],
  ['image', verb(String.raw`(?:${SET})\b(?!.*\b(?:config ?maps?|cm)\b).*\bimage`)],
  ['upgrade', verb('upgrade|nang cap')],
  ['install', verb('install|cai dat')],
  ['restart', verb('(?:rollout )?restart|khoi dong lai')],
  ['scale', verb('scale|co gian|mo rong|thu nho|tang|giam|dieu chinh')],
  ['delete', verb('delete|remove|xoa|go bo')],
  ['apply', verb(`create|apply|add|${SET}|tao|ap dung|them`)],
]

/** Verbs of change, including unsupported ones. */
export const CHANGES = verb(
  'delete|remove|scale|restart|rollout restart|create|apply|set|edit|patch|drain|cordon|uncordon|label|annotate|' +
    'roll ?back|undo|install|uninstall|upgrade|exec|xoa|go (?:bo|cai dat|release|helm)|tao|sua|ap dung|khoi dong lai|' +
    'cai dat|nang cap|co gian|gan nhan|bo nhan|bo cordon|hoan tac',
)

/**
 * @param question original, since paths and values are case-sensitive
 * @param text in lower case without accents
 * @returns undefined for an unsupported change
 */
export function readWrite(question: string, text: string): WriteIntent | undefined {
  const what = VERBS.find(([, pattern]) => pattern.test(text))?.[0]
  switch (what) {
    case 'scale':
      return readScale(text)
    case 'restart':
    case 'undo': {
      const kind = workloadOf(text)
      return named(text.replace(ROLLOUT, ' '), kind, (rest) => ({ do: what, kind, ...rest }))
    }
    case 'image':
      return readImage(question, text)
    case 'label':
    case 'annotate':
      return readPairs(what, question, text)
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return named(text, 'node', ({ name }) => ({ do: what, kind: 'node', name }))
    case 'delete': {
      const kind = kindOf(text)
      return kind && named(text, kind, (rest) => ({ do: 'delete', kind, ...rest }))
    }
    case 'rollback':
    case 'uninstall':
      return release(text, (rest) => ({ do: what, ...rest }))
    case 'install':
    case 'upgrade':
      return readChart(what, question, text)
    case 'apply':
      return readApply(question, text)
    case undefined:
      return undefined
  }
}

const ROLLOUT = /\b(?:the )?(?:last )?rollout (?:of|cua)\b/g

/** A registry's address also contains a colon: the tag follows the last one. */
const IMAGE =
  /(?:^|[\s`"'“‘=])([a-z0-9][\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?::[\w][\w.-]*|@sha256:[0-9a-f]+))(?=$|[\s`"'”’,.?!])/i
const CONTAINER = /\bcontainer ([a-z0-9][a-z0-9-]*)/

function readImage(question: string, text: string): WriteIntent | undefined {
  const image = IMAGE.exec(question)?.[1]?.replace(/\.$/, '')
  if (image === undefined) return undefined
  const without = text.replace(image.toLowerCase(), ' ')
  const container = CONTAINER.exec(without.replace(/\bcontainer images?\b/, ' '))?.[1]
  const rest = without.replace(CONTAINER, ' ').replace(/\bimage(?: (?:of|for|cua|cho))?\b/, ' of ')
  const kind = workloadOf(rest)
  return named(rest, kind, (place) => ({ do: 'image', kind, ...place, image, ...(container && { container }) }))
}

const LABEL = /(?:^|\s|,)([A-Za-z0-9][\w./-]*)=("[^"]*"|'[^']*'|[^\s,]*)/g
const REMOVED = /\b(?:remove|delete|bo|go|xoa) (?:the |a )?(?:labels?|nhan|annotations?) [`"']?([a-z0-9][\w./-]*)/i

function readPairs(what: 'label' | 'annotate', question: string, text: string): WriteIntent | undefined {
  const removed = REMOVED.exec(text)?.[1]
  const set = [...question.matchAll(LABEL)].map(([, key = '', value = '']) => [key, unquoted(value)] as const)
  const pairs: Record<string, string | null> = removed === undefined ? Object.fromEntries(set) : { [removed]: null }
  if (Object.keys(pairs).length === 0) return undefined
  const without = text
    .replace(LABEL, ' ')
    .replace(REMOVED, ' ')
    .replace(/\b(?:labels?|nhan|annotations?) /g, ' ')
  const kind = kindOf(without) ?? 'deployment'
  return named(without, kind, (rest) => ({ do: what, kind, ...rest, pairs }))
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2')
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
  const patterns = [
    String.raw`\brelease${THEN}`,
    String.raw`\b(?:uninstall|upgrade|roll ?back|nang cap|go cai dat|go)${THEN}`,
  ]
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

/** `KEY=value`; a value with spaces is quoted. */
const PAIR = /(?:^|\s|,)([A-Za-z0-9_.-]+)=("[^"]*"|'[^']*'|[^\s,]+)/g

function readApply(question: string, text: string): WriteIntent | undefined {
  const kind = kindOf(text)
  if (kind !== 'configmap' && kind !== 'namespace') return undefined
  const pairs = [...question.matchAll(PAIR)].map(([, key = '', value = '']) => {
    return [key, unquoted(value)] as const
  })
  const without = text.replace(PAIR, ' ')
  return named(without, kind, (rest) => ({ do: 'apply', kind, ...rest, data: Object.fromEntries(pairs) }))
}
