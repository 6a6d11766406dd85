/** Errors from non-2xx responses. */
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
      return new KubeError(
        'unauthorized',
        `The API server does not accept the login of user ${user} in ${origin}. Renew it.`,
        params,
        message,
      )
    case 403:
      return forbidden(message)
    case 404:
      return new KubeError('not-found', message || 'It does not exist.', {}, message)
    case 409:
      return new KubeError('conflict', message, {}, message)
    case 410:
      return new KubeError('expired', 'The list changed while it was read.', {}, message)
    case 429:
      return new KubeError(
        'too-many-requests',
        'The API server is busy and asked to wait. Try again in a few seconds.',
        {},
        message,
      )
    case 400:
    case 422:
      return new KubeError('bad-request', message || 'The API server refused the request.', {}, message)
    case 504:
      return new KubeError('timeout', `The API server at ${server} did not answer in time.`, params, message)
    default:
      return new KubeError(
        'server-error',
        `The API server answered with an error${reason ? ` (${reason})` : ''}: ${message.slice(0, 300) || status}`,
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
  const { message, raw } = statusError(status, words, subject)
  return new KubeError(
    'unknown-outcome',
    `The change was sent, and it may have been carried out: ${message}`,
    { server: subject.server, status },
    raw,
  )
}

function refusalError(words: StatusWords): KubeError | undefined {
  const found = refusal(words)
  return found && new KubeError(found.code, found.text, found.params, words.message)
}

const FORBIDDEN =
  /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)"| at the cluster scope)?/

/** `User dev may not list pods of all namespaces.` */
function forbidden(message: string): KubeError {
  const [, user = '', verb = '', resource = '', group = '', namespace = ''] = FORBIDDEN.exec(message) ?? []
  if (!verb) return new KubeError('forbidden', message || 'The API server does not allow this.', {}, message)
  const where = namespace ? ` in the namespace ${namespace}` : CLUSTER_WORDS.has(verb) ? ' of all namespaces' : ''
  return new KubeError(
    'forbidden',
    `User ${user} may not ${verb} ${resource}${where}.`,
    { user, verb, resource, group, namespace },
    message,
  )
}

const CLUSTER_WORDS = new Set(['list', 'watch'])
