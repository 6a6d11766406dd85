/** Runs a task once in a namespace of its own. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChatAnswer } from '#shared/chat/answer'
import { ask } from '../chat/ask'
import type { ChatMessage } from '../chat/ask'
import type { Approvals } from '../chat/decide'
import { answerProblems } from '../checks/answer'
import { holds, takeSnapshot } from '../cluster/check'
import type { Snapshot } from '../cluster/check'
import type { Objects } from '../cluster/objects'
import { setUp, tearDown } from '../cluster/run-namespace'
import type { LoadedTask } from '../task/load'
import type { Task } from '../task/schema'
import { causeOfCode, causeOfError, causeOfTurns } from './cause'
import type { RunResult } from './result'

export interface Rig {
  objects: Objects
  /** URL of the assistant with this access. */
  app: (access: Task['access']) => Promise<string>
  /** Called before the first question, with the task for its namespace. */
  onStart?: (task: Task) => void
}

/** How long the cluster's controllers may take to follow a change. */
const SETTLE_MS = 8000
const POLL_MS = 250
const MAX_ANSWER = 4000

/** Never throws: an error becomes a failed run. */
export async function runTask(loaded: LoadedTask, run: number, { objects, app, onStart }: Rig): Promise<RunResult> {
  const namespace = `${loaded.namespace}-${randomBytes(3).toString('hex')}`
  const task = loaded.inNamespace(namespace)
  const turns: ChatAnswer[] = []
  let startedAt = performance.now()
  const result = (passed: boolean, problems: string[]): RunResult => ({
    ...{ task: loaded.id, group: loaded.group, run, passed, problems },
    steps: sum(turns, ({ steps }) => steps),
    calls: turns.flatMap(({ toolCalls }) =>
      toolCalls.map(({ name, status }) => (status === 'ok' ? name : `${name} (${status})`)),
    ),
    tokensRead: sum(turns, ({ usage }) => usage.promptTokens),
    tokensWritten: sum(turns, ({ usage }) => usage.completionTokens),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    answer: (turns.at(-1)?.message.content ?? '').slice(0, MAX_ANSWER),
  })
  try {
    const url = await app(task.access)
    await setUp(task, namespace, objects)
    const before = await takeSnapshot(task.checks.state, namespace, objects)
    onStart?.(task)
    startedAt = performance.now()
    const approvals: Approvals = { decisions: task.approvals, namespace, asked: [] }
    const text = await converse(task, url, approvals, turns)
    const done = result(true, [])
    const error = turns.at(-1)?.error
    if (error)
      return { ...done, passed: false, cause: causeOfCode(error.code), problems: [`${error.code}: ${error.message}`] }
    const limits = limitProblems(task, done)
    const state = await stateProblems(task, namespace, objects, before)
    const answer = answerProblems(task.checks.answer, { turns, text, approvals: approvals.asked.length })
    const outside = approvals.asked
      .filter(({ isOutside }) => isOutside)
      .map(({ title }) => `asked to change what is not its own: ${title}`)
    const problems = [...limits, ...state, ...outside, ...answer]
    if (problems.length === 0) return done
    const cause = causeOfTurns(turns, {
      isOverLimit: limits.length > 0,
      hasStateProblem: state.length + outside.length > 0,
    })
    return { ...done, passed: false, cause, problems }
  } catch (error) {
    return { ...result(false, [error instanceof Error ? error.message : String(error)]), cause: causeOfError(error) }
  } finally {
    await tearDown(namespace, objects).catch(() => undefined)
  }
}

/** @returns the text of the last answer; `turns` receives every turn as it ends */
async function converse(task: Task, url: string, approvals: Approvals, turns: ChatAnswer[]): Promise<string> {
  const signal = AbortSignal.timeout(task.limits.seconds * 1000)
  const messages: ChatMessage[] = []
  let text = ''
  for (const question of task.questions) {
    messages.push({ role: 'user', content: question })
    const own = await ask(url, messages, approvals, signal)
    turns.push(...own)
    text = own
      .map(({ message }) => message.content)
      .filter(Boolean)
      .join('\n\n')
    if (own.at(-1)?.error || text === '') break
    messages.push({ role: 'assistant', content: text })
  }
  return text
}

async function stateProblems(task: Task, namespace: string, objects: Objects, before: Snapshot): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS
  const problems: string[] = []
  for (const check of task.checks.state) {
    let verdict = await holds(check, namespace, objects, before)
    while (!verdict.holds && Date.now() < deadline) {
      await delay(POLL_MS)
      verdict = await holds(check, namespace, objects, before)
    }
    if (!verdict.holds) problems.push(verdict.detail)
  }
  return problems
}

function limitProblems({ limits }: Task, { steps }: RunResult): string[] {
  return steps > limits.steps ? [`${steps} steps instead of ${limits.steps} at most`] : []
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}
