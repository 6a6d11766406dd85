/** How a question narrows, orders or counts what it asks for. */
import type { ListOptions, LogOptions } from './intent'
import type { ObjectKind } from './kinds'
import type { Known } from './known'
import { NAME, QUOTE } from './names'

const SPAN =
  /\b(?:last|past|in the last|within|trong|since|gan day)\s+(\d+|an?|one|mot)?\s*(m|minutes?|mins?|h|hours?|hrs?|phut|gio|tieng)\b/

/** `10m` or `2h`. */
function sinceIn(text: string): string | undefined {
  const [, amount = '1', unit] = SPAN.exec(text) ?? []
  if (unit === undefined) return undefined
  return `${/^\d+$/.test(amount) ? amount : 1}${/^(?:m|p)/.test(unit) ? 'm' : 'h'}`
}

/** The run of a container before the current one. */
export const PREVIOUS =
  /\bprevious\b|(?:^|\s)(?:-p|--previous)\b|\blast (?:run|container|crash|restart)\b|\bbefore (?:it|the|its|that|they|this)?\s*(?:last |latest )?(?:crash|restart|died)|\b(?:crashed|old|earlier|prior) (?:container|instance|run)\b|\btruoc(?: do| khi)?\b/

export function logOptions(text: string): LogOptions {
  const container = new RegExp(String.raw`\bcontainer ${QUOTE}${NAME}|(?:^|\s)-c ${NAME}`).exec(text)
  const name = container?.[1] ?? container?.[2]
  const search =
    /\b(?:grep|containing|contain|contains|with the (?:word|text)|search for|chua|co chu|tim)\s+["'`“]?([\w.-]+)/.exec(
      text,
    )?.[1]
  const lines = /\b(?:last|tail|cuoi|--tail[ =])\s*(\d{1,4})\b|\b(\d{1,4}) (?:lines|dong)\b/.exec(text)
  const limit = Number(lines?.[1] ?? lines?.[2] ?? 0)
  const since = sinceIn(text)
  return {
    previous: PREVIOUS.test(text),
    ...(name && !/^(?:is|of|in|that|log|logs)$/.test(name) && { container: name }),
    ...(search && { search }),
    ...(since && { since }),
    ...(limit > 0 && since === undefined && { limit }),
  }
}

const COUNTED: [string, RegExp][] = [
  ['namespace', /\b(?:per|by|each|every|theo|moi|tung)\s+(?:namespace|ns|khong gian ten)\b/],
  ['node', /\b(?:per|by|each|every|theo|moi|tung)\s+(?:node|may chu)\b/],
  ['status', /\b(?:per|by|theo)\s+(?:status|phase|state|trang thai)\b/],
  ['image', /\b(?:per|by|theo)\s+image\b|\b(?:list|show|which|what|all|liet ke|cac)\b.*\bimages\b/],
]
const SORTED: [string, RegExp][] = [
  ['newest', /\b(?:newest|latest|most recent(?:ly)?|moi nhat)\b/],
  ['age', /\b(?:oldest|by age|longest running|lau nhat|cu nhat)\b/],
  ['restarts', /\brestart(?:ed|s|ing)?\b|\bkhoi dong lai\b/],
]

export function listOptions(text: string, kind: ObjectKind, known: Known): ListOptions | undefined {
  const label = /\b(?:labels?|nhan|selector|-l)\s+["'`“]?([\w./-]+=[\w.-]+)/.exec(text)?.[1]
  const node = kind === 'pod' ? nodeIn(text, known) : undefined
  const isWarning = kind === 'event' && /\bwarnings?\b|\bcanh bao\b/.test(text)
  const fieldSelector = node ? `spec.nodeName=${node}` : isWarning ? 'type=Warning' : undefined
  const countBy = COUNTED.find(([, pattern]) => pattern.test(text))?.[0]
  const sortBy = SORTED.find(([by, pattern]) => (by !== 'restarts' || kind === 'pod') && pattern.test(text))?.[0]
  const since = kind === 'event' ? sinceIn(text) : undefined
  const options = {
    ...(label && { labelSelector: label }),
    ...(fieldSelector && { fieldSelector }),
    ...(countBy && { countBy }),
    ...(sortBy && kind !== 'event' && { sortBy }),
    ...(since && { since }),
  }
  return Object.keys(options).length > 0 ? options : undefined
}

function nodeIn(text: string, known: Known): string | undefined {
  const named = new RegExp(String.raw`\b(?:on|tren)\s+(?:the\s+)?(?:node\s+|may chu\s+)?${QUOTE}${NAME}`).exec(
    text,
  )?.[1]
  return named !== undefined && (known.has(named, 'node') || /\bnode \S*\d/.test(text)) ? named : undefined
}
