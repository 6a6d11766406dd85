/** Describes a pod or shows its log; finds the pod in a list first if the question is vague. */
import { failureIn, readDescription, readLog, tellingLines } from '../results/evidence'
import { listedPods, matching, unhealthyPods } from '../results/pods'
import type { Pod } from '../results/pods'
import type { Intent } from '../question/intent'
import { ask, say } from './reply'
import type { Reply, RuleContext } from './reply'
import { whereOf } from '../phrases/phrases'
import { whatWasDone } from '../tools/toolset'
import type { DoneCall } from '../question/turn'

type PodIntent = Extract<Intent, { type: 'describe' | 'logs' }>

export function podRule(context: RuleContext, intent: PodIntent): Reply {
  const { turn, phrases } = context
  const what = intent.type
  const done = turn.done.find(({ name }) => whatWasDone(name) === what)
  if (done) return say(phrases, what === 'logs' ? logWords(context, done) : descriptionWords(context, done))

  const target = exactTarget(context, intent) ?? findTarget(context, intent)
  if ('reasoning' in target) return target
  const { name, namespace } = target
  if (intent.type === 'describe') return ask(context, [{ do: 'describe', name, namespace }])
  const { type: _type, pod, ...options } = intent
  const kind = pod?.kind !== 'pod' && name === pod?.text ? pod.kind : undefined
  return ask(context, [{ do: 'logs', ...options, kind, name, namespace }])
}

/** Our own server finds the namespace of a pod, and the pod of a workload. */
function exactTarget({ toolset }: RuleContext, { type, pod, namespace }: PodIntent) {
  if (!pod) return undefined
  const isFound = toolset.hasOwnReads && (pod.whole || type === 'logs')
  return isFound || (pod.whole && namespace) ? { name: pod.text, namespace } : undefined
}

/** @returns the pod, or the reply to send first or instead */
function findTarget(context: RuleContext, { pod, namespace }: PodIntent): Pick<Pod, 'name' | 'namespace'> | Reply {
  const { phrases } = context
  const listed = listedPods(context, namespace)
  if (listed === 'not-listed') return ask(context, [{ do: 'list', kind: 'pods', namespace }])
  if ('failed' in listed) return say(phrases, phrases.failed(listed.failed))
  // "The logs of the crashing pod": the first unhealthy one.
  const found = pod ? matching(listed.found, pod)[0] : unhealthyPods(listed.found)[0]?.pod
  if (found) return found
  return say(phrases, pod ? phrases.noSuchPod(pod.text, whereOf(phrases, namespace)) : phrases.whichPod)
}

function logWords({ phrases }: RuleContext, done: DoneCall): string {
  const failure = failureIn(done.result)
  if (failure) return phrases.failed(failure)
  const pod = /^Log of pod [^/\s]+\/([^,\s]+)/.exec(done.result)?.[1] ?? String(done.arguments.name)
  const { lines, total, said } = readLog(done.result)
  if (lines.length === 0) return [phrases.logEmpty(pod), ...said.map((words) => `> ${words}`)].join('\n\n')
  const quotes = tellingLines(done.result, 2).map((line) => `> ${line}`)
  return [phrases.logBelow(total, pod), phrases.tellingLines, '', quotes.join('\n>\n')].join('\n')
}

function descriptionWords({ phrases }: RuleContext, done: DoneCall): string {
  const failure = failureIn(done.result)
  if (failure) return phrases.failed(failure)
  const { state, reasons } = readDescription(done.result)
  const head = phrases.described(String(done.arguments.name), state ?? '?')
  if (reasons.length === 0) return `${head} ${phrases.describedBelow}`
  return [head, phrases.reasons, '', ...reasons.map((reason) => `- ${reason}`), '', phrases.describedBelow].join('\n')
}
