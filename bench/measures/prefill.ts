/** What a model on the operator's own machine must read before it answers: eight tasks on a real API server. */
import { setTimeout as delay } from 'node:timers/promises'
import { openKubeApi } from '../../tests/support/kube/kube-api'
import { createManyPods } from '../../tests/support/cluster/many-pods'
import { readings } from '../prefill/cache'
import type { Reading } from '../prefill/cache'
import { PageConversation } from '../../tests/support/page-conversation'
import { openPlaces } from '../prefill/places'
import { startScriptedModel } from '../prefill/script'
import type { ScriptedModel } from '../prefill/script'
import { tasks, windowOf } from '../prefill/tasks'
import type { Task } from '../prefill/tasks'
import { info, limit } from '../result'
import type { Context, Line, Result } from '../result'
import { withRig } from '../rig'

const WHAT = 'Prefill of eight tasks'
const MANY_PODS = 5000

/** How long to wait for a request that reads ahead, in milliseconds. */
const AHEAD_MS = 20_000
const POLL_MS = 20

/** Before the store of results and the reading ahead, at 32,768 tokens unless the task names a window. */
const FORMER: Readonly<Record<string, { first: number; sum: number; prefill: number }>> = {
  1: { first: 2390, sum: 5368, prefill: 2896 },
  2: { first: 2400, sum: 8233, prefill: 2831 },
  3: { first: 2394, sum: 18_703, prefill: 4871 },
  4: { first: 2392, sum: 5591, prefill: 3097 },
  5: { first: 3568, sum: 7457, prefill: 3888 },
  6: { first: 2394, sum: 45_903, prefill: 9792 },
  7: { first: 2394, sum: 108_770, prefill: 25_576 },
}

export async function prefill({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  if (!kubeconfig) return skipped('TEST_KUBECONFIG names no cluster')
  const api = await openKubeApi(kubeconfig)
  try {
    const opened = await openPlaces(api)
    if (typeof opened === 'string') return skipped(opened)
    try {
      const measured: Measured[] = []
      for (const task of tasks(opened.places, quick ? 500 : MANY_PODS)) {
        const many = task.pods === undefined ? undefined : await createManyPods(api, { count: task.pods })
        try {
          const cold = await play(task, kubeconfig, 'off')
          const ahead = await play(task, kubeconfig, 'on')
          measured.push({ task, cold, ahead })
        } finally {
          await many?.remove()
        }
      }
      return { lines: linesOf(measured), tables: [tableOf(measured)] }
    } finally {
      await opened.remove()
    }
  } finally {
    await api.close()
  }
}

function skipped(why: string): Result {
  return { lines: [{ what: WHAT, figure: `skipped: ${why}`, goal: 'a figure' }], tables: [] }
}

/** A task's readings, question by question. */
interface Measured {
  task: Task
  cold: Reading[][]
  ahead: Reading[][]
}

/** Plays a task with a new server; what it reads ahead is finished before each question. */
async function play(task: Task, kubeconfig: string, readAhead: 'on' | 'off'): Promise<Reading[][]> {
  const model = await startScriptedModel(windowOf(task))
  try {
    return await withRig(async (rig) => {
      const env = {
        KUBECONFIG: kubeconfig,
        MCP_SERVER_COMMAND: undefined,
        READ_AHEAD: readAhead,
        ACCESS_MODE: task.approves ? 'approve' : 'read-only',
      }
      const server = await rig.server({ modelUrl: model.url, env })
      const page = new PageConversation(server.url)
      const byQuestion: Reading[][] = []
      let read = 0
      for (const { question, steps } of task.turns) {
        if (readAhead === 'on') await untilAhead(model, task, question)
        model.play(steps)
        await page.ask(question)
        const all = readings(model.recorded())
        byQuestion.push(all.slice(read))
        read = all.length
        if (byQuestion.at(-1)?.length !== steps.length)
          throw new Error(`${task.name}: ${JSON.stringify(question)} took ${byQuestion.at(-1)?.length} requests`)
      }
      return byQuestion
    })
  } finally {
    await model.close()
  }
}

async function untilAhead(model: ScriptedModel, task: Task, question: string): Promise<void> {
  for (const end = Date.now() + AHEAD_MS; Date.now() < end; await delay(POLL_MS))
    if (model.recorded().at(-1)?.isAhead) return
  throw new Error(`${task.name}: nothing was read ahead of ${JSON.stringify(question)}`)
}

/** A one-off turn is judged cold; a conversation as a user waits for it, after reading ahead. */
function linesOf(measured: readonly Measured[]): Line[] {
  return measured.flatMap(({ task, cold, ahead }) => {
    const { name, turns } = task
    const [number = ''] = name
    switch (number) {
      case '1':
        return [
          tokens('Prefill before the first call, cold', firstOf(cold), 1300),
          tokens('Prefill before the first call, after read-ahead', firstOf(ahead), 150),
          ...sums(name, cold, ahead, { cold: 2000 }),
        ]
      case '6':
        return sums(name, cold, ahead, { ahead: 5000 })
      case '7':
        return sums(name, cold, ahead, { ahead: 7000 })
      case '8':
        return sums(`${name}, a question`, cold, ahead, { ahead: 1000 }, turns.length)
      default:
        return sums(name, cold, ahead, { cold: 2000 })
    }
  })
}

function sums(
  what: string,
  cold: Reading[][],
  ahead: Reading[][],
  goals: { cold?: number; ahead?: number },
  questions = 1,
): Line[] {
  return [
    tokens(`Prefill, ${what}, cold`, sumOf(cold) / questions, goals.cold),
    tokens(`Prefill, ${what}, after read-ahead`, sumOf(ahead) / questions, goals.ahead),
  ]
}

function tokens(what: string, value: number, goal: number | undefined): Line {
  return goal === undefined ? info(what, value, 'tokens', 0) : limit(what, value, goal, 'tokens', 0)
}

function firstOf(byQuestion: Reading[][]): number {
  return byQuestion[0]?.[0]?.prefill ?? Number.NaN
}

function tableOf(measured: readonly Measured[]) {
  const columns = [
    'task (requests)',
    'first prompt',
    'sum of prompts',
    'prefill, cold',
    'prefill after read-ahead',
    'largest prefill of a request, cold',
    'after read-ahead',
    'formerly: first / sum / prefill',
  ]
  const rows = measured.map(({ task, cold, ahead }) => {
    const prompts = cold.flat().map(({ prompt }) => prompt)
    const [number = ''] = task.name
    const former = FORMER[number]
    const largest = (all: Reading[][]) => Math.max(...all.flat().map((reading) => reading.prefill))
    const figures = [
      prompts[0] ?? 0,
      prompts.reduce((sum, prompt) => sum + prompt, 0),
      sumOf(cold),
      sumOf(ahead),
      largest(cold),
      largest(ahead),
    ]
    return [
      `${task.name} (${prompts.length})`,
      ...figures.map(inEnglish),
      former ? [former.first, former.sum, former.prefill].map(inEnglish).join(' / ') : '–',
    ]
  })
  return { title: 'Tokens that the model reads, rendered as by Ollama for gpt-oss', columns, rows }
}

function inEnglish(value: number): string {
  return value.toLocaleString('en')
}

function sumOf(byQuestion: Reading[][]): number {
  return byQuestion.flat().reduce((sum, reading) => sum + reading.prefill, 0)
}
