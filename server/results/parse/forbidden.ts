/** Explains RBAC refusals: every server wraps or omits the API server's sentence differently. */
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
export function forbiddenWords(text: string, { tool, arguments: args }: Call): string | undefined {
  if (!/forbidden/i.test(text)) return undefined
  const sentences = new Set([...text.matchAll(refusal)].map((match) => sentence(match)))
  if (sentences.size > 0) return [...sentences, ...otherErrors(text)].join('\n')
  // Refused by something other than RBAC, such as a quota, whose message says what to do.
  if (/" is forbidden: /.test(text)) return `Forbidden: ${text}`
  // A text without a call stays unchanged.
  if (tool === '') return undefined
  const target = targetOf(tool, args)
  const what = `${verbs[tool] ?? `call ${tool}`}${target ? ` ${verbs[tool] ? '' : 'for '}${target}` : ''}`
  return `Forbidden: the user may not ${what}.\n${text}`
}

/** The object of a call: `deployment/web in namespace shop`; empty if its arguments name none. */
export function targetOf(tool: string, args: Record<string, unknown>): string {
  const word = (name: string): string => (typeof args[name] === 'string' ? args[name] : '')
  const kind = word('resourceType') || word('kind') || kindOf(tool)
  const name = word('name') || word('nodeName')
  const object = kind && name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase() || name
  const namespace = word('namespace')
  return namespace && object ? `${object} in namespace ${namespace}` : object
}

type Call = Pick<PresentRequest, 'tool' | 'arguments'>

function kindOf(tool: string): string {
  if (tool.startsWith('pods_')) return 'pod'
  if (tool === 'node_management') return 'node'
  if (tool === 'kubectl_scale') return 'deployment'
  return tool.includes('helm') ? 'release' : ''
}

function sentence([, user = '', verb = '', resource = '', group = '', namespace, path]: RegExpMatchArray): string {
  const what = path ?? withGroup(resource, group)
  const where = path ? '' : namespace ? ` in namespace ${namespace}` : ' in the whole cluster'
  return `Forbidden: the user "${user}" may not ${verb} ${what}${where}.`
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
