/** Reads the parts of a change: numbers, images, labels, charts. */
import type { Known } from './known'
import { firstName, namesIn } from './names'
import type { WriteIntent } from './write-intent'
import { kindOf, named, THEN, workloadOf } from './write-words'
import type { Place } from './write-words'

/** A registry's address also contains a colon: the tag follows the last one. */
const IMAGE =
  /(?:^|[\s`"'“‘=])([a-z0-9][\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?::[\w][\w.-]*|@sha256:[0-9a-f]+))(?=$|[\s`"'”’,.?!])/i
const CONTAINER = /\bcontainer ([a-z0-9][a-z0-9-]*)/

export function readImage(question: string, text: string, known: Known): WriteIntent | undefined {
  const image = IMAGE.exec(question)?.[1]?.replace(/\.$/, '')
  if (image === undefined) return undefined
  const without = text.replace(image.toLowerCase(), ' ')
  const container =
    CONTAINER.exec(without.replace(/\bcontainer images?\b/, ' '))?.[1] ??
    /\s([a-z0-9][a-z0-9-]*)=(?=\s)/.exec(without)?.[1]
  const rest = without
    .replace(CONTAINER, ' ')
    .replace(/\s[a-z0-9-]+=(?=\s)/, ' ')
    .replace(/\bimage(?: (?:of|for|cua|cho))?\b/, ' of ')
  const kind = workloadOf(rest, known)
  return named(rest, kind, known, (place) => ({ do: 'image', kind, ...place, image, ...(container && { container }) }))
}

const AMOUNT = /\b(?:to|len|xuong|thanh|=)\s*(\d+(?:\.\d+)?(?:m|[KMG]i?)?)(?=$|[\s,.?!])/i
const UNITS: Record<string, string> = { k: 'Ki', ki: 'Ki', m: 'Mi', mi: 'Mi', g: 'Gi', gi: 'Gi' }

/** "Increase the memory limit of web to 256Mi" */
export function readResources(question: string, text: string, known: Known): WriteIntent | undefined {
  const amount = AMOUNT.exec(question.normalize('NFD').replace(/\p{M}/gu, ''))?.[1]
  if (amount === undefined) return undefined
  const isCpu = /\bcpu\b/.test(text)
  const size = isCpu ? amount : amount.replace(/[a-z]+$/i, (unit) => UNITS[unit.toLowerCase()] ?? unit)
  const of = /\brequests?\b/.test(text) ? 'requests' : 'limits'
  const rest = text.replace(/\b(?:cpu|memory|ram|bo nho|limits?|requests?|gioi han|usage)\b/g, ' ').replace(/\s+/g, ' ')
  const kind = workloadOf(rest, known)
  return named(rest, kind, known, (place) => {
    return { do: 'resources', kind, ...place, of, amount: `${isCpu ? 'cpu' : 'memory'}=${size}` }
  })
}

const LABEL = /(?:^|\s|,)([A-Za-z0-9][\w./-]*)=("[^"]*"|'[^']*'|[^\s,]*)/g
const REMOVED = /\b(?:remove|delete|bo|go|xoa) (?:the |a )?(?:labels?|nhan|annotations?) [`"']?([a-z0-9][\w./-]*)/i

export function readPairs(
  what: 'label' | 'annotate',
  question: string,
  text: string,
  known: Known,
): WriteIntent | undefined {
  const removed = REMOVED.exec(text)?.[1]
  const set = [...question.matchAll(LABEL)].map(([, key = '', value = '']) => [key, unquoted(value)] as const)
  const pairs: Record<string, string | null> = removed === undefined ? Object.fromEntries(set) : { [removed]: null }
  if (Object.keys(pairs).length === 0) return undefined
  const without = text
    .replace(LABEL, ' ')
    .replace(REMOVED, ' ')
    .replace(/\b(?:labels?|nhan|annotations?) /g, ' ')
  const kind = kindOf(without) ?? 'deployment'
  return named(without, kind, known, (rest) => ({ do: what, kind, ...rest, pairs }))
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2')
}

const REPLICAS = [
  /\b(?:to|len|xuong|thanh|con|con lai)\s+(\d{1,6})\b/,
  /\b(\d{1,6})\s+(?:replicas?|ban sao|pods?)\b/,
  /\breplicas?\s*[=:]\s*(\d{1,6})\b/,
]

export function readScale(words: string, known: Known): WriteIntent | undefined {
  const text = words.replace(/\b(zero|khong)(?= (?:replicas?|pods?|ban sao)\b|\W*$)/g, '0')
  const replicas = REPLICAS.map((pattern) => pattern.exec(text)?.[1]).find((number) => number !== undefined)
  if (replicas === undefined) return undefined
  const without = text.replace(
    /\b\d{1,6} (replicas?|ban sao|pods?)\b|\b(the )?(number of )?replicas? of\b|\bso ban sao\b/g,
    ' ',
  )
  const kind = workloadOf(without, known)
  return named(without, kind, known, (rest) => ({ do: 'scale', kind, ...rest, replicas: Number(replicas) }))
}

export function release(text: string, known: Known, make: (place: Place) => WriteIntent): WriteIntent | undefined {
  const { namespace } = namesIn(text, known)
  const patterns = [
    String.raw`\brelease${THEN}`,
    String.raw`\b(?:uninstall|upgrade|roll ?back|nang cap|go cai dat|go)${THEN}`,
  ]
  const name = firstName(text, patterns, (each) => each === namespace)
  return name === undefined ? undefined : make({ name, ...(namespace && { namespace }) })
}

const CHART = /\bchart\s+[`"'“‘]?([^\s`"'”’]+)/i

export function readChart(
  what: 'install' | 'upgrade',
  question: string,
  text: string,
  known: Known,
): WriteIntent | undefined {
  const chart = CHART.exec(question)?.[1]
  if (chart === undefined) return undefined
  // A path looks like a namespace with a pod.
  const without = text.replace(new RegExp(CHART, 'gi'), 'chart ')
  const { namespace } = namesIn(without, known)
  const called = String.raw`\b(?:as|named|called|release|ten la|voi ten|ten)${THEN}`
  const last = chart.split('/').findLast((part) => part !== '') ?? chart
  const name =
    firstName(without, [called], (each) => each === namespace) ?? last.toLowerCase().replace(/(-[\d.]+)?\.tgz$/, '')
  return { do: what, chart, name, ...(namespace && { namespace }) }
}

/** `KEY=value`; a value with spaces is quoted. */
const PAIR = /(?:^|\s|,)([A-Za-z0-9_.-]+)=("[^"]*"|'[^']*'|[^\s,]+)/g

export function readApply(question: string, text: string, known: Known): WriteIntent | undefined {
  const kind = kindOf(text)
  if (kind !== 'configmap' && kind !== 'namespace') return undefined
  const pairs = [...question.matchAll(PAIR)].map(([, key = '', value = '']) => {
    return [key, unquoted(value)] as const
  })
  const without = text.replace(PAIR, ' ')
  return named(without, kind, known, (rest) => ({ do: 'apply', kind, ...rest, data: Object.fromEntries(pairs) }))
}
