/** Errors from non-2xx responses. */
import type { Message } from '../../../shared/messages/message'
import { msg, quotedWords } from '../../../shared/messages/create'
import { KubeError } from './errors'
import type { RequestSubject, StatusWords } from './errors'
import { refusal } from './refusals'

/** A non-2xx response of the API server. */
export function statusError(status: number, words: StatusWords, subject: RequestSubject): KubeError {
  const refused = refusalError(words)
  if (refused) return refused
  const { message = '', reason } = words
  const { server, user, origin } = subject
  const params = { server, user, path: origin }
  switch (status) {
    case 401:
      return new KubeError('unauthorized', msg('api-unauthorized', { user, origin }), params, message)
    case 403:
      return forbidden(message)
    case 404:
      return new KubeError('not-found', message ? quotedWords(message) : msg('api-not-found'), {}, message)
    case 409:
      return new KubeError('conflict', quotedWords(message), {}, message)
    case 410:
      return new KubeError('expired', msg('list-changed'), {}, message)
    case 429:
      return new KubeError('too-many-requests', msg('api-busy'), {}, message)
    case 400:
    case 422:
      return new KubeError('bad-request', message ? quotedWords(message) : msg('api-refused'), {}, message)
    case 504:
      return new KubeError('timeout', msg('api-timeout', { server }), params, message)
    default:
      return new KubeError(
        'server-error',
        reason
          ? msg('api-error-reason', { reason, words: message.slice(0, 300) || status })
          : msg('api-error', { words: message.slice(0, 300) || status }),
        { status, reason: reason ?? '' },
        message,
      )
  }
}

/** A non-2xx response to a write. After a 5xx only a webhook's refusal proves that nothing was done. */
export function writeError(status: number, words: StatusWords, subject: RequestSubject): KubeError {
  const refused = refusalError(words)
  if (refused) return refused
  if (status < 500 && status !== 408) return statusError(status, words, subject)
  const { detail, raw } = statusError(status, words, subject)
  return new KubeError(
    'unknown-outcome',
    msg('unknown-outcome', { error: detail }),
    { server: subject.server, status },
    raw,
  )
}

function refusalError(words: StatusWords): KubeError | undefined {
  const found = refusal(words)
  return found && new KubeError(found.code, found.detail, found.params, words.message)
}

const FORBIDDEN =
  /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)"| at the cluster scope)?/

/** `User dev may not list pods of all namespaces.` */
function forbidden(message: string): KubeError {
  const [, user = '', verb = '', resource = '', group = '', namespace = ''] = FORBIDDEN.exec(message) ?? []
  if (!verb) return new KubeError('forbidden', message ? quotedWords(message) : msg('api-forbidden'), {}, message)
  const params = { user, verb, resource, group, namespace }
  return new KubeError('forbidden', forbiddenDetail(params), params, message)
}

function forbiddenDetail(params: { user: string; verb: string; resource: string; namespace: string }): Message {
  if (params.namespace) return msg('forbidden-in', params)
  return CLUSTER_WORDS.has(params.verb) ? msg('forbidden-all', params) : msg('forbidden-verb', params)
}

const CLUSTER_WORDS = new Set(['list', 'watch'])
