/** Questions about generated pods with known figures, to compare with the tool's answers. */
import type { Counts, TableResult, ToolData } from '../../../shared/result'
import { resultText } from '../../../shared/results/result-text'
import { printedStatus } from './known-pods'
import type { MadePod, KnownPods } from './known-pods'

export interface CountingQuestion {
  question: string
  args: Record<string, unknown>
  /** The error in the answer; undefined if it is right. */
  check: (answer: TableResult, text: string) => string | undefined
}

/** Budget of one result in a window of 8,192 tokens. */
const MAX_TOKENS = 1200

export function checkAnswer({ check }: CountingQuestion, data: ToolData): string | undefined {
  if (data.kind !== 'table') return `the answer is no table but ${data.kind}: ${JSON.stringify(data).slice(0, 200)}`
  return check(data, resultText(data, { maxTokens: MAX_TOKENS }))
}

/** Twenty questions about counts, ages, restarts, images and owners. */
export function countingQuestions({ pods, prefix }: KnownPods): CountingQuestion[] {
  const first = `${prefix}-00`
  const selector = { labelSelector: `many-pods=${prefix}` }
  const restarted = [...pods].filter(({ restarts }) => restarts > 0).sort((one, other) => other.restarts - one.restarts)
  const [oldest, newest] = [pods[0], pods.at(-1)]
  const crashing = pods.filter(({ status }) => status === 'CrashLoopBackOff')
  const image = 'nginx:1.29'
  const names = (list: readonly MadePod[]) => list.map(({ name }) => name)
  const byNamespace = (pod: MadePod) => pod.namespace
  return [
    {
      question: 'How many pods are there?',
      args: { ...selector },
      check: (answer) => equal(answer.coverage?.total, pods.length),
    },
    {
      question: 'How many pods are in each namespace?',
      args: { ...selector, countBy: 'namespace' },
      check: counts(pods, byNamespace),
    },
    {
      question: 'How many pods have which status?',
      args: { ...selector, countBy: 'status' },
      check: counts(pods, printedStatus),
    },
    {
      question: 'How many pods are Pending, per namespace? (large-1)',
      args: { ...selector, countBy: 'namespace,status' },
      check: counts(pods, (pod) => `${pod.namespace} · ${printedStatus(pod)}`),
    },
    {
      question: 'The same without a count that was asked for',
      args: { ...selector },
      check: counts(pods, (pod) => `${pod.namespace} · ${printedStatus(pod)}`),
    },
    {
      question: 'Which images run, and how many of each?',
      args: { ...selector, countBy: 'image' },
      check: counts(pods, (pod) => pod.image),
    },
    {
      question: 'How many pods of each image are in the first namespace?',
      args: { ...selector, namespace: first, countBy: 'image' },
      check: counts(
        pods.filter(({ namespace }) => namespace === first),
        (pod) => pod.image,
      ),
    },
    {
      question: 'Who owns how many pods?',
      args: { ...selector, countBy: 'owner' },
      check: counts(pods, (pod) => `${pod.namespace} · ConfigMap ${pod.owner}`),
    },
    {
      question: 'Who owns how many pods in the first namespace?',
      args: { ...selector, namespace: first, countBy: 'owner' },
      check: counts(
        pods.filter(({ namespace }) => namespace === first),
        (pod) => `ConfigMap ${pod.owner}`,
      ),
    },
    {
      question: 'How many pods are in each tier?',
      args: { ...selector, countBy: 'label:tier' },
      check: counts(pods, (pod) => pod.tier),
    },
    {
      question: 'How old are the pods?',
      args: { ...selector, countBy: 'age' },
      check: counts(pods, () => 'under 10m'),
    },
    {
      question: 'How many pods are on each node?',
      args: { ...selector, countBy: 'node' },
      check: counts(pods, () => '(none)'),
    },
    {
      question: 'Which pod is the oldest?',
      args: { ...selector, sortBy: 'age', limit: 1 },
      check: firstIs(names(oldest ? [oldest] : [])),
    },
    {
      question: 'Which pod is the newest?',
      args: { ...selector, sortBy: 'newest', limit: 1 },
      check: firstIs(names(newest ? [newest] : [])),
    },
    {
      question: 'Which pod has restarted most?',
      args: { ...selector, sortBy: 'restarts', limit: 1 },
      check: firstIs(names(restarted.slice(0, 1))),
    },
    {
      question: 'Which five pods have restarted most?',
      args: { ...selector, sortBy: 'restarts', limit: 5 },
      check: firstIs(names(restarted.slice(0, 5))),
    },
    {
      question: 'Which pods crash? (health-91)',
      args: { ...selector },
      check: (answer, text) =>
        equal((answer.verdicts ?? []).filter((verdict) => verdict === 'bad').length >= crashing.length, true) ??
        crashing
          .map(({ name }) => (text.includes(name) ? undefined : `${name} is not in the model's text`))
          .find(Boolean),
    },
    {
      question: 'How many pods are Pending by the API?',
      args: { ...selector, fieldSelector: 'status.phase=Pending' },
      check: (answer) => equal(answer.coverage?.total, pods.filter(({ status }) => status === 'Pending').length),
    },
    {
      question: 'How many pods of the tier web are there?',
      args: { labelSelector: `many-pods=${prefix},tier=web` },
      check: (answer) => equal(answer.coverage?.total, pods.filter(({ tier }) => tier === 'web').length),
    },
    {
      question: `From how many namespaces does the model see rows, and does the text name ${image}'s count? (large-2)`,
      args: { ...selector, countBy: 'image' },
      check: (answer, text) => {
        const seen = new Set(pods.filter(({ name }) => text.includes(name)).map(byNamespace))
        const count = pods.filter((pod) => pod.image === image).length
        return (
          (seen.size > 1 ? undefined : `rows of ${seen.size} namespaces are in the text`) ??
          (text.includes(count.toLocaleString('en-US')) || text.includes(String(count))
            ? undefined
            : `${count} pods of ${image} are not in the text`)
        )
      },
    },
  ]
}

function equal(found: unknown, wanted: unknown): string | undefined {
  return found === wanted ? undefined : `${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`
}

/** The answer's counts must equal those of the pods, value by value. */
function counts(pods: readonly MadePod[], key: (pod: MadePod) => string): (answer: TableResult) => string | undefined {
  const wanted = new Map<string, number>()
  for (const pod of pods) wanted.set(key(pod), (wanted.get(key(pod)) ?? 0) + 1)
  return ({ counts: found }) => differing(found?.[0], wanted)
}

function differing(found: Counts | undefined, wanted: ReadonlyMap<string, number>): string | undefined {
  const values = new Map(found?.values)
  if (values.size !== wanted.size) return `${values.size} values in place of ${wanted.size}`
  for (const [value, count] of wanted)
    if (values.get(value) !== count) return `${value}: ${values.get(value)} in place of ${count}`
  return undefined
}

function firstIs(names: readonly string[]): (answer: TableResult) => string | undefined {
  return ({ columns, rows }) => equal(rows.map((row) => row[columns.indexOf('NAME')]).join(), names.join())
}
