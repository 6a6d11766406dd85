/** The verbs of kubectl: which the assistant knows, what they do, and which flags it passes on. */
import * as flags from './flags'
import type { Flag } from './flags'

export interface Verb {
  does: 'read' | 'write'
  flags: readonly Flag[]
  /** Its words after the verb name resources; `version` and the like take none. */
  operands: 'resources' | 'any' | 'none'
}

const read = (own: readonly Flag[], operands: Verb['operands'] = 'resources'): Verb => {
  return { does: 'read', flags: [...flags.common, ...own], operands }
}
const write = (own: readonly Flag[]): Verb => ({
  does: 'write',
  flags: [...flags.common, ...own],
  operands: 'resources',
})

const pods = read(flags.topping)
const change = write(flags.changing)
const create = write(flags.creating)

/** By verb, or by verb and subcommand. */
const VERBS = new Map<string, Verb>([
  ['get', read(flags.getting)],
  ['describe', read(flags.describing)],
  ['logs', read(flags.logging)],
  ['top pod', pods],
  ['top pods', pods],
  ['top po', pods],
  ['top node', pods],
  ['top nodes', pods],
  ['top no', pods],
  ['explain', read(flags.explaining, 'any')],
  ['api-resources', read(flags.resources, 'none')],
  ['api-versions', read([], 'none')],
  ['version', read(flags.versions, 'none')],
  ['cluster-info', read([], 'none')],
  ['auth can-i', read(flags.asking, 'any')],
  ['rollout status', read(flags.statuses)],
  ['rollout history', read(flags.revisions)],
  ['events', read(flags.events)],
  ['rollout restart', change],
  ['rollout undo', write([...flags.changing, ...flags.revisions, { name: 'to-revision', value: /^\d{1,9}$/ }])],
  ['rollout pause', change],
  ['rollout resume', change],
  ['scale', write(flags.scaling)],
  ['autoscale', write(flags.autoscaling)],
  ['patch', write(flags.patching)],
  ['delete', write(flags.deleting)],
  ['label', write(flags.marking)],
  ['annotate', write(flags.marking)],
  ['taint', write(flags.marking)],
  ['cordon', write(flags.cordoning)],
  ['uncordon', write(flags.cordoning)],
  ['drain', write(flags.draining)],
  ['expose', write(flags.exposing)],
  ['run', write(flags.running)],
  // Not `set env`: it can list what it resolves from Secrets.
  ['set image', change],
  ['set resources', write([...flags.changing, ...limits()])],
  ['set serviceaccount', change],
  ['create namespace', create],
  ['create configmap', create],
  ['create deployment', create],
  ['create service', create],
  ['create serviceaccount', create],
  ['create job', create],
  ['create cronjob', create],
  ['create quota', create],
  ['create role', create],
  ['create rolebinding', create],
  ['create clusterrole', create],
  ['create clusterrolebinding', create],
])

function limits(): Flag[] {
  const amounts = /^[a-z][A-Za-z0-9.,=/-]*$/
  const containers = /^[a-z0-9*][a-z0-9*-]*$/
  return [
    { name: 'limits', value: amounts },
    { name: 'requests', value: amounts },
    { name: 'containers', short: 'c', value: containers },
  ]
}

const FORBIDDEN = new Map([
  ['exec', 'it runs commands inside containers'],
  ['attach', 'it attaches to a running container'],
  ['cp', 'it copies files in and out of containers'],
  ['debug', 'it runs commands beside containers and on nodes'],
  ['port-forward', 'it opens a port into the cluster'],
  ['proxy', 'it opens the API server to others'],
  ['config', 'it shows and rewrites the kubeconfig'],
  ['edit', 'it needs an editor'],
  ['certificate', 'it hands out credentials'],
  ['auth', 'only "auth can-i" is asked'],
  ['plugin', 'it runs programs on the machine of the MCP server'],
  ['kustomize', 'it reads files and addresses'],
  ['diff', 'it reads files'],
  ['apply', 'it reads files: call kubectl_apply with the manifest'],
  ['replace', 'it reads files: call kubectl_apply with the manifest'],
  ['wait', 'it keeps the MCP server waiting: get the object again'],
  [
    'create',
    'it hands out credentials, reads files or is not known: call kubectl_create or kubectl_apply with a manifest',
  ],
  ['kubectl', 'the command is the verb alone, such as "get"'],
  ['cluster-info dump', 'it dumps the whole cluster'],
])

/** Verbs whose second word says what they do. */
const WITH_SUBCOMMAND = new Set(['top', 'auth', 'rollout', 'set', 'create'])

export function hasSubcommand(verb: string): boolean {
  return WITH_SUBCOMMAND.has(verb)
}

export function verbOf(words: string): Verb | undefined {
  return VERBS.get(words)
}

/** Why a verb is not run. What kubectl does not know it takes for a plugin, a program on the path of the MCP server. */
export function whyNot(verb: string, words: string): string {
  const why = FORBIDDEN.get(words) ?? FORBIDDEN.get(verb) ?? 'it is not among the verbs that the assistant knows'
  return `"kubectl ${words.slice(0, 60)}" is not allowed: ${why}.`
}
