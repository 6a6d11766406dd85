/** Explains RBAC refusals: every server wraps or omits the API server's sentence differently. */
import { msg, quotedWords } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { PresentRequest } from '../types'

/** RBAC's only sentence, from k8s.io/apiserver's responsewriters/errors.go. */
const refusal =
  /User \\?"([^"\\]{1,253})\\?" cannot ([a-z]{1,32}) (?:resource \\?"([^"\\]{1,253})\\?" in API group \\?"([^"\\]{0,253})\\?"(?: in the namespace \\?"([^"\\]{1,253})\\?"| at the cluster scope)?|path \\?"([^"\\]{1,253})\\?")/g

/** The verb of each tool, if its answer does not name it. */
const verbs: Record<string, string> = {
  kubectl_apply: 'patch',
  kubectl_create: 'create',
  kubectl_delete: 'delete',
  kubectl_patch: 'patch',
  kubectl_rollout: 'patch',
  kubectl_scale: 'patch',
  node_management: 'patch',
  pods_delete: 'delete',
  pods_run: 'patch',
  resources_create_or_update: 'patch',
  resources_delete: 'delete',
  resources_scale: 'update',
}

/**
 * `Forbidden: the user "viewer" may not patch deployments.apps/scale in namespace shop.`, one sentence for each
 * refusal, with other errors; undefined without a refusal. Missing verbs and resources come from the call.
 */
export function forbiddenWords(text: string, { tool, arguments: args }: Call): Message | undefined {
  if (!/forbidden/i.test(text)) return undefined
  const sentences = new Map([...text.matchAll(refusal)].map(sentence).map((each) => [each.text, each]))
  if (sentences.size > 0) return lines([...sentences.values(), ...otherErrors(text).map(quotedWords)])
  // Refused by something other than RBAC, such as a quota, whose message says what to do.
  if (/" is forbidden: /.test(text)) return msg('foreign-forbidden-words', { words: text })
  // A text without a call stays unchanged.
  if (tool === '') return undefined
  const target = targetOf(tool, args)
  return msg('foreign-forbidden-call', { what: doing(tool, target), words: text })
}

/** `patch deployment/web in namespace shop`; a tool without a verb is called. */
function doing(tool: string, target: string | Message): string | Message {
  const verb = verbs[tool]
  if (verb !== undefined) return target === '' ? verb : msg('foreign-verb', { verb, target })
  return target === '' ? msg('foreign-run', { tool }) : msg('foreign-run-for', { tool, target })
}

function lines([first, ...others]: readonly Message[]): Message | undefined {
  const rest = first && lines(others)
  return rest ? msg('foreign-lines', { first, rest }) : first
}

/** The object of a call: `deployment/web in namespace shop`; empty if its arguments name none. */
export function targetOf(tool: string, args: Record<string, unknown>): string | Message {
  const word = (name: string): string => (typeof args[name] === 'string' ? args[name] : '')
  const kind = word('resourceType') || word('kind') || kindOf(tool)
  const name = word('name') || word('nodeName')
  const object = kind && name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase() || name
  const namespace = word('namespace')
  return namespace && object ? msg('foreign-target-in', { object, namespace }) : object
}

type Call = Pick<PresentRequest, 'tool' | 'arguments'>

function kindOf(tool: string): string {
  if (tool.startsWith('pods_')) return 'pod'
  if (tool === 'node_management') return 'node'
  if (tool === 'kubectl_scale') return 'deployment'
  return tool.includes('helm') ? 'release' : ''
}

function sentence([, user = '', verb = '', resource = '', group = '', namespace, path]: RegExpMatchArray): Message {
  if (path) return msg('foreign-forbidden', { user, verb, what: path })
  const what = withGroup(resource, group)
  return namespace
    ? msg('foreign-forbidden-in', { user, verb, what, namespace })
    : msg('foreign-forbidden-everywhere', { user, verb, what })
}

/** `deployments.apps/scale`, as `kubectl auth can-i` takes it. */
function withGroup(resource: string, group: string): string {
  const [name = '', ...sub] = resource.split('/')
  return [group ? `${name}.${group}` : name, ...sub].join('/')
}

/** An apply of several objects may fail for different reasons. */
function otherErrors(text: string): string[] {
  return text.split('\n').filter((line) => /^error/i.test(line) && !/forbidden/i.test(line))
}
