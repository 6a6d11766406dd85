/** The statuses a model server, or a proxy in front of it, answers with, in words. */
import type { ModelErrorCode } from './types'

export interface StatusAnswer {
  status: number
  /** The server's own words, on one line; empty where it gave none, or HTML. */
  words: string
  /** The words come from a JSON error, so from a model server and not from a proxy. */
  json: boolean
  html: boolean
}

/** Whether a body is a web page. Some proxies send one as text/plain, or without a type. */
export function isHtml(body: string, contentType: string | null | undefined): boolean {
  return Boolean(contentType?.includes('html')) || /^\s*<(!doctype|html|head|body|center|h\d)\b/i.test(body)
}

/**
 * Statuses and words as of Ollama v0.33: 404 `model 'x' not found`, 400 `… does not support tools`,
 * 503 `server busy, please try again.  maximum pending requests exceeded`.
 */
export function describeStatus(
  answer: StatusAnswer,
  server: { model: string; origin: string },
): { code: ModelErrorCode; message: string } {
  const { status, words, json, html } = answer
  const { model, origin } = server
  if (html) return proxyPage(status, origin)
  if (status === 404 && json && /model/i.test(words)) {
    const message = `The model server at ${origin} does not have the model ${model}. Run \`ollama pull ${model}\` there, or set OLLAMA_MODEL to one that it has.`
    return { code: 'model-not-found', message }
  }
  if (status === 404) {
    const message = `${origin} has no /v1/chat/completions (404). Check OLLAMA_BASE_URL: it is the address of the model server, with or without /v1.`
    return { code: 'model-bad-response', message }
  }
  if (status === 400 && /does not support tools/i.test(words)) {
    return { code: 'model-no-tools', message: noToolsMessage(model) }
  }
  if (status === 401 || status === 403) {
    const message = `The model server at ${origin} refused the request (${status}). Check OLLAMA_API_KEY.`
    return { code: 'model-bad-response', message }
  }
  if (status === 503 || status === 429) {
    const message = `The model server at ${origin} is busy (${status}${words && `: ${words}`}). Try again in a moment.`
    return { code: 'model-busy', message }
  }
  const message = `The model server at ${origin} answered with status ${status}${words ? `: ${words}` : ' and no words'}. Its log may say more.`
  return { code: 'model-bad-response', message }
}

export function noToolsMessage(model: string): string {
  // Never the one that has just failed.
  const example = /(^|\/)gpt-oss\b/.test(model) ? '' : ', such as gpt-oss:20b'
  return `The model ${model} cannot call tools, so it cannot look into the cluster. Set OLLAMA_MODEL to one that can${example}.`
}

/** Ollama never sends HTML: a proxy, a login page or another program does. */
function proxyPage(status: number, origin: string): { code: ModelErrorCode; message: string } {
  const page = `${origin} answered with a web page and status ${status}, so a proxy or another program stands in place of the model server.`
  if (status === 502 || status === 503 || status === 504) {
    return {
      code: 'model-unreachable',
      message: `${page} Check that the model server behind the proxy runs, and the proxy's timeout.`,
    }
  }
  return { code: 'model-bad-response', message: `${page} Check OLLAMA_BASE_URL and what stands in between.` }
}
