/** Flags of kubectl that the assistant passes on, and what their values may be. What is not here is refused. */

export interface Flag {
  name: string
  short?: string
  /** A switch takes `true` or `false`; the others always take a value. */
  value: 'switch' | RegExp
  /** Its value stands after a `=` alone: of the next word kubectl would think that it names a resource. So with switches. */
  joined?: true
}

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/
const WORDS = /^[A-Za-z0-9][A-Za-z0-9_.,:/=-]*$/
const SELECTOR = /^[A-Za-z0-9!][A-Za-z0-9_./=!, ()-]*$/
const FIELDS = /^[A-Za-z][A-Za-z0-9_.,/=!:-]*$/
const PATH = /^\{?\.?[A-Za-z][A-Za-z0-9_.[\]-]*\}?$/
const WHOLE = /^-?\d{1,9}$/
const DURATION = /^[0-9][0-9.hms]{0,15}$/
const TIME = /^\d{4}-\d\d-\d\d[Tt][0-9:.+Zz-]{5,20}$/
// A template could print a value without the name that tells the redaction what it is, and some read files.
const OUTPUT = /^(wide|json|yaml|name)$/
const TEXT = /^[^\p{Cc}]+$/u

const value = (name: string, pattern: RegExp, short?: string): Flag => ({
  name,
  value: pattern,
  ...(short && { short }),
})
const joined = (name: string, pattern: RegExp, short?: string): Flag => ({
  ...value(name, pattern, short),
  joined: true,
})
const toggle = (name: string, short?: string): Flag => ({ name, value: 'switch', ...(short && { short }) })

export const common = [value('namespace', NAME, 'n'), value('request-timeout', DURATION)]
export const everywhere = [toggle('all-namespaces', 'A')]
export const selecting = [value('selector', SELECTOR, 'l')]
export const choosing = [...selecting, value('field-selector', FIELDS), value('chunk-size', WHOLE)]
export const output = [value('output', OUTPUT, 'o')]
export const table = [toggle('no-headers'), value('sort-by', PATH)]

export const getting = [
  ...everywhere,
  ...choosing,
  ...output,
  ...table,
  value('label-columns', WORDS, 'L'),
  value('subresource', /^(status|scale)$/),
  toggle('ignore-not-found'),
  toggle('show-kind'),
  toggle('show-labels'),
]
export const describing = [...everywhere, ...selecting, value('chunk-size', WHOLE), toggle('show-events')]
export const logging = [
  ...selecting,
  value('container', NAME, 'c'),
  value('tail', WHOLE),
  value('since', DURATION),
  value('since-time', TIME),
  value('limit-bytes', WHOLE),
  value('max-log-requests', WHOLE),
  toggle('all-containers'),
  toggle('ignore-errors'),
  toggle('prefix'),
  toggle('previous', 'p'),
  toggle('timestamps'),
]
export const topping = [...everywhere, ...selecting, ...table, toggle('containers'), toggle('sum')]
export const explaining = [
  value('api-version', WORDS),
  toggle('recursive'),
  value('output', /^plaintext(-openapiv2)?$/),
]
export const resources = [
  ...table,
  value('output', /^(wide|name)$/, 'o'),
  value('api-group', /^[A-Za-z0-9.-]*$/),
  value('verbs', WORDS),
  toggle('namespaced'),
]
export const versions = [value('output', /^(json|yaml)$/, 'o'), toggle('client')]
export const asking = [
  ...everywhere,
  toggle('list'),
  toggle('no-headers'),
  toggle('quiet', 'q'),
  value('subresource', WORDS),
]
export const events = [...everywhere, ...output, toggle('no-headers'), value('for', WORDS), value('types', WORDS)]
export const revisions = [value('revision', WHOLE), value('output', OUTPUT, 'o')]
// Without one of them, `rollout status` waits for the end of the rollout, and mcp-server-kubernetes with it.
export const statuses = [value('timeout', DURATION), joined('watch', /^false$/, 'w'), value('revision', WHOLE)]

/** Only these two values leave the cluster as it is; others mean different things to different kubectls. */
const dryRun = [joined('dry-run', /^(client|server|none)$/)]
const waiting = [value('timeout', DURATION), toggle('wait')]
const grace = [value('grace-period', WHOLE), toggle('force')]

export const changing = [...dryRun, ...selecting, ...output, value('field-manager', NAME)]
export const marking = [
  ...changing,
  ...everywhere,
  value('field-selector', FIELDS),
  value('resource-version', WHOLE),
  toggle('all'),
  toggle('overwrite'),
]
export const scaling = [
  ...changing,
  value('replicas', WHOLE),
  value('current-replicas', WHOLE),
  value('resource-version', WHOLE),
  value('timeout', DURATION),
]
export const autoscaling = [
  ...changing,
  value('min', WHOLE),
  value('max', WHOLE),
  value('cpu-percent', WHOLE),
  value('name', NAME),
]
export const patching = [
  ...changing,
  value('patch', TEXT, 'p'),
  value('type', /^(strategic|merge|json)$/),
  value('subresource', /^(status|scale)$/),
]
export const deleting = [
  ...dryRun,
  ...grace,
  ...waiting,
  ...everywhere,
  ...choosing,
  value('output', /^name$/, 'o'),
  joined('cascade', /^(background|foreground|orphan)$/),
  toggle('all'),
  toggle('ignore-not-found'),
  toggle('now'),
]
export const draining = [
  ...dryRun,
  ...grace,
  ...selecting,
  value('timeout', DURATION),
  value('pod-selector', SELECTOR),
  toggle('delete-emptydir-data'),
  toggle('ignore-daemonsets'),
]
export const cordoning = [...dryRun, ...selecting]
export const exposing = [
  ...changing,
  value('name', NAME),
  value('port', WHOLE),
  value('target-port', WORDS),
  value('protocol', /^(TCP|UDP|SCTP)$/),
  value('type', /^(ClusterIP|NodePort|LoadBalancer)$/),
]
export const creating = [
  ...changing,
  value('from-literal', TEXT),
  value('image', /^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$/),
  value('replicas', WHOLE),
  value('port', WHOLE),
  value('schedule', /^[A-Za-z0-9*@][A-Za-z0-9*@/, -]*$/),
  value('from', /^cronjobs?(\.batch)?\/[a-z0-9.-]+$/),
  value('tcp', WORDS),
  value('verb', WORDS),
  value('resource', WORDS),
  value('role', NAME),
  value('clusterrole', WORDS),
  value('serviceaccount', WORDS),
  value('user', WORDS),
  value('group', WORDS),
  value('hard', WORDS),
]
export const running = [
  ...changing,
  value('image', /^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$/),
  value('env', TEXT),
  value('labels', WORDS),
  value('port', WHOLE),
  value('restart', /^(Always|OnFailure|Never)$/),
]
