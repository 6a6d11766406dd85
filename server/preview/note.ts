/** What a card says of a server that cannot preview, as a code with params: the page says it in its reader's language. */
import type { ResultNote } from '#shared/result'

const TEXTS = {
  'foreign-call': 'Call {tool}',
  'foreign-change': 'Call {tool}: {object} in {namespace}',
  'foreign-change-cluster': 'Call {tool}: {object}',
  'no-preview': 'This MCP server cannot preview: nothing but the arguments says what will change.',
  'live-not-read': 'What there is now was not read.',
  'live-missing': 'The object does not exist now.',
  'live-unreadable': 'The object could not be read: {words}',
  'live-large': 'The object is too large to be shown.',
  'not-verified': 'Cluster not verified: this MCP server does not tell which cluster it changes, nor as whom.',
  'meanwhile-new': '{object} was not on the card before.',
  'meanwhile-gone': '{object} was on the card before, and is not changed any more.',
  'meanwhile-replaced': '{object} was deleted meanwhile, and made again.',
  'meanwhile-lines': '{object} has changed meanwhile. Before: {before} Now: {now}',
} as const

/** The note of a code, with the params that its English sentence names. */
export function note(code: keyof typeof TEXTS, params: ResultNote['params'] = {}): ResultNote {
  return { code, params, text: TEXTS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')) }
}
