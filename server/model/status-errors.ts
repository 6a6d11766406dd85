/** Explains error statuses of a model server or a proxy before it. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ModelErrorCode } from './types'

export interface StatusAnswer {
  status: number
  /** The server's message on one line; empty if it sent none, or HTML. */
  words: string
  /** The message is from a JSON error, so from the model server and not from a proxy. */
  json: boolean
  html: boolean
}

/** Whether a body is a web page. Some proxies send it as text/plain or without a type. */
export function isHtml(body: string, contentType: string | null | undefined): boolean {
  return Boolean(contentType?.includes('html')) || /^\s*<(!doctype|html|head|body|center|h\d)\b/i.test(body)
}

/**
 * Statuses and messages of Ollama v0.33: 404 `model 'x' not found`, 400 `… does not support tools`, 503 `server busy,
 * please try again. maximum pending requests exceeded`.
 */
export function describeStatus(
  answer: StatusAnswer,
  server: { model: string; origin: string },
): { code: ModelErrorCode; detail: Message } {
  const { status, words, json, html } = answer
  const { model, origin } = server
  if (html) return proxyPage(status, origin)
  if (status === 404 && json && /model/i.test(words))
    return { code: 'model-not-found', detail: msg('model-missing', { origin, model }) }
  if (status === 404) return { code: 'model-bad-response', detail: msg('model-no-endpoint', { origin }) }
  if (status === 400 && /does not support tools/i.test(words))
    return { code: 'model-no-tools', detail: noToolsMessage(model) }
  if (status === 401 || status === 403)
    return { code: 'model-bad-response', detail: msg('model-refused', { origin, status }) }
  if (status === 503 || status === 429) {
    const answer = words ? `${status}: ${words}` : status
    return { code: 'model-busy', detail: msg('model-busy', { origin, status: answer }) }
  }
  const detail = words ? msg('model-status-words', { origin, status, words }) : msg('model-status', { origin, status })
  return { code: 'model-bad-response', detail }
}

const EXAMPLE = 'gpt-oss:20b'

export function noToolsMessage(model: string): Message {
  // Never suggest the model that has just failed.
  if (/(^|\/)gpt-oss\b/.test(model)) return msg('model-no-tools', { model })
  return msg('model-no-tools-example', { model, example: EXAMPLE })
}

/** Ollama never sends HTML: it comes from a proxy, a login page or another program. */
function proxyPage(status: number, origin: string): { code: ModelErrorCode; detail: Message } {
  return status === 502 || status === 503 || status === 504
    ? { code: 'model-unreachable', detail: msg('model-proxy-down', { origin, status }) }
    : { code: 'model-bad-response', detail: msg('model-proxy-page', { origin, status }) }
}
