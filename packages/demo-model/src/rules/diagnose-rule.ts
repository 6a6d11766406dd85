/** Diagnosis: lists the pods, reads events and logs of the unhealthy ones in parallel, and quotes them. */
import { failureIn, readDescription, readEvents, tellingLines } from '../results/evidence'
import type { ClusterEvent } from '../results/evidence'
import { doneFor, listedPods, matching, unhealthyPods } from '../results/pods'
import type { Pod } from '../results/pods'
import type { Intent } from '../question/intent'
import { ask, say } from './reply'
import type { Reply, RuleContext } from './reply'
import { whereOf } from '../phrases/phrases'
import { whatWasDone } from '../tools/toolset'
import type { Action } from '../tools/candidates'

/** Unhealthy pods of one workload with the same state. */
interface Group {
  pods: Pod[]
  first: Pod
  why: string
}

/** Limits of a diagnosis. */
const MAX_LOGS = 3
const MAX_NAMESPACES = 3
const MAX_GROUPS = 8

export function diagnoseRule(context: RuleContext, intent: Extract<Intent, { type: 'diagnose' }>): Reply {
  const { phrases, turn } = context
  const listed = listedPods(context, intent.namespace)
  if (listed === 'not-listed') return ask(context, [{ do: 'list', kind: 'pods', namespace: intent.namespace }])
  if ('failed' in listed) return say(phrases, phrases.failed(listed.failed))

  const scope = scopeOf(listed.found, intent)
  if (scope.pods.length === 0 && intent.pod)
    return say(phrases, phrases.noSuchPod(intent.pod.text, whereOf(phrases, intent.namespace)))
  const groups = groupsOf(scope.pods)
  const counted = phrases.counted(scope.pods.length, 'pods', '')
  const shortened = listed.seen < listed.total ? [phrases.shortened(listed.seen, listed.total)] : []
  if (groups.length === 0) {
    const nothing = phrases.nothingWrong(counted, whereOf(phrases, scope.namespace))
    return say(phrases, [nothing, ...shortened].join('\n\n'))
  }

  if (turn.done.length === 1) return ask(context, evidenceActions(groups))
  const events = turn.done
    .slice(1)
    .filter(({ name }) => whatWasDone(name) === 'list')
    .flatMap(({ result }) => readEvents(result))
  const unexplained = groups.filter((group) => evidenceFor(context, group, events).length === 0)
  const described = turn.done.some(({ name }) => whatWasDone(name) === 'describe')
  if (!context.toolset.empty && !described && unexplained.length > 0) {
    const actions = unexplained.slice(0, MAX_LOGS).map(({ first }): Action => ({ do: 'describe', ...place(first) }))
    if (actions.some((action) => context.toolset.call(action))) return ask(context, actions)
  }
  const unhealthy = groups.reduce((sum, { pods }) => sum + pods.length, 0)
  const lines = groups.slice(0, MAX_GROUPS).map((group) => groupWords(context, group, events))
  const rest = groups.length > MAX_GROUPS ? [`- ${phrases.more(groups.length - MAX_GROUPS)}`] : []
  const head = phrases.wrong(counted, unhealthy, whereOf(phrases, scope.namespace))
  return say(phrases, [head, '', ...lines, ...rest, ...shortened.flatMap((words) => ['', words])].join('\n'))
}

/** The pods in question; a name that matches no pod may be a namespace. */
function scopeOf(pods: Pod[], { pod, namespace }: { pod?: { text: string; whole: boolean }; namespace?: string }) {
  if (!pod) return { pods, namespace }
  const ofNamespace = pods.filter((each) => each.namespace === pod.text)
  if (ofNamespace.length > 0) return { pods: ofNamespace, namespace: pod.text }
  return { pods: matching(pods, pod), namespace }
}

function groupsOf(pods: Pod[]): Group[] {
  const byWorkload = Map.groupBy(unhealthyPods(pods), ({ pod, why }) => {
    return [pod.namespace, pod.name.replace(/-([a-z0-9]{5}|\d+)$/, ''), why].join('/')
  })
  return [...byWorkload.values()].flatMap((members) => {
    const [head] = members
    return head ? [{ pods: members.map(({ pod }) => pod), first: head.pod, why: head.why }] : []
  })
}

function evidenceActions(groups: Group[]): Action[] {
  const namespaces = [...new Set(groups.map(({ first }) => first.namespace))].slice(0, MAX_NAMESPACES)
  const events = namespaces.map((namespace): Action => ({ do: 'list', kind: 'events', namespace }))
  const logs = groups
    .filter(({ why }) => hasLog(why))
    .slice(0, MAX_LOGS)
    .map(({ first }): Action => ({ do: 'logs', ...place(first), previous: false }))
  return [...events, ...logs]
}

/** A container that never started has no log. */
function hasLog(why: string): boolean {
  return /Crash|Error|OOM|READY|Terminating|Evicted/.test(why) && !/ImagePull|ErrImage|CreateContainer|Config/.test(why)
}

function place({ name, namespace }: Pod) {
  return { name, namespace }
}

/** Quotes from the turn's results about a group. */
function evidenceFor(context: RuleContext, { pods, first, why }: Group, events: ClusterEvent[]): string[] {
  const { phrases } = context
  const names = new Set(pods.map(({ name }) => name))
  const warnings = events.filter(({ warning, object }) => warning && names.has(object))
  const said = [...new Set(warnings.map(({ reason, message }) => `${reason}: ${message}`))]
  const log = doneFor(context, 'logs', first.name)
  const lines = log && !failureIn(log.result) ? tellingLines(log.result, 2) : []
  const description = doneFor(context, 'describe', first.name)
  const reasons = description && !failureIn(description.result) ? readDescription(description.result).reasons : []
  return [
    ...said.slice(0, 2).map((words) => `${phrases.event} ${words}`),
    ...reasons.filter((reason) => reason !== why).slice(0, 3),
    ...lines.map((line) => `${phrases.log} \`${line.replaceAll('`', "'")}\``),
  ]
}

function groupWords(context: RuleContext, group: Group, events: ClusterEvent[]): string {
  const { phrases } = context
  const names = group.pods.slice(0, 3).map(({ name }) => `\`${name}\``)
  const more = group.pods.length > 3 ? [phrases.more(group.pods.length - 3)] : []
  const evidence = evidenceFor(context, group, events)
  const told = evidence.length > 0 ? evidence : [phrases.noEvidence]
  return [`- ${[...names, ...more].join(', ')}: **${group.why}**`, ...told.map((words) => `  - ${words}`)].join('\n')
}
