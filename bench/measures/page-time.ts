/** Main-thread cost of an answer of 5,000 tokens at 500 tokens/s. */
import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'
import { z } from 'zod'
import { NO_BROWSER, withPage } from '../browser'
import { getJson } from '../client'
import { info, limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import { toQuestion } from '../script'

const WHAT = 'Main-thread time of the page for 5,000 tokens at 500 tokens/s'
const requestsSchema = z.array(z.unknown())

const TOKENS = 5000
const PER_SECOND = 500
const COSTS = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'] as const
type Costs = Record<(typeof COSTS)[number], number>

interface Run {
  /** In milliseconds. */
  costs: Costs
  longTasks: number[]
}

export async function pageTime({ quick }: Context): Promise<Result> {
  const runs: Run[] = []
  for (let at = 0; at < (quick ? 1 : 3); at++) {
    const run = await withRig(async (rig) => {
      const model = await rig.model()
      const server = await rig.server({ modelUrl: model.url })
      return await withPage((page) => measure(page, server.url, model.url))
    })
    if (run) runs.push(run)
  }
  const worst = runs.toSorted((a, b) => b.costs.TaskDuration - a.costs.TaskDuration)[0]
  if (!worst) return { lines: [{ what: WHAT, figure: NO_BROWSER, goal: '≤ 2 s, no long task' }], tables: [] }
  const longest = Math.max(0, ...runs.flatMap(({ longTasks }) => longTasks))
  const count = Math.max(...runs.map(({ longTasks }) => longTasks.length))
  return {
    lines: [
      limit(WHAT, worst.costs.TaskDuration / 1000, 2, 's', 2),
      limit('Long tasks (over 50 ms) of the page meanwhile', count, 0, 'tasks', 0),
      info('Longest of them', longest, 'ms', 0),
    ],
    tables: [
      {
        title: 'The page’s main thread from the question until the answer is whole',
        columns: ['run', 'all tasks, ms', 'scripts, ms', 'layout, ms', 'style, ms', 'long tasks', 'longest, ms'],
        rows: runs.map(({ costs, longTasks }, at) => [
          String(at + 1),
          ...COSTS.map((name) => ms(costs[name])),
          String(longTasks.length),
          ms(Math.max(0, ...longTasks)),
        ]),
      },
    ],
  }
}

async function measure(page: Page, url: string, modelUrl: string): Promise<Run> {
  await page.goto(url)
  const prompt = page.getByRole('textbox', { name: 'Your question' })
  const last = page.getByTestId('message-assistant').last()
  // The first answer also loads lazy parts of the page, such as the highlighter.
  for (const tokens of [400, TOKENS]) {
    await prompt.fill(toQuestion({ kind: 'markdown', perSecond: PER_SECOND, tokens }))
    if (tokens < TOKENS) {
      await prompt.press('Enter')
      await last.getByTestId('regenerate').waitFor()
    }
  }
  await page.evaluate(() => {
    Reflect.set(window, 'longTasks', [])
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) Reflect.get(window, 'longTasks').push(duration)
    }).observe({ type: 'longtask' })
  })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const before = await costsOf(devtools)
  await getJson(`${modelUrl}/bench/requests`)
  await prompt.press('Enter')
  // Polls the model instead of the page, which would add main-thread work.
  await untilAnswered(modelUrl)
  await page.getByTestId('message-assistant').nth(1).getByTestId('regenerate').waitFor()
  const after = await costsOf(devtools)
  const longTasks = z.array(z.number()).parse(await page.evaluate(() => Reflect.get(window, 'longTasks')))
  const costs = {
    TaskDuration: after.TaskDuration - before.TaskDuration,
    ScriptDuration: after.ScriptDuration - before.ScriptDuration,
    LayoutDuration: after.LayoutDuration - before.LayoutDuration,
    RecalcStyleDuration: after.RecalcStyleDuration - before.RecalcStyleDuration,
  }
  return { costs, longTasks }
}

const ANSWER_MS = 60_000
const POLL_MS = 100

/** Waits until the model has sent its whole answer. */
async function untilAnswered(modelUrl: string): Promise<void> {
  for (const deadline = performance.now() + ANSWER_MS; performance.now() < deadline; await delay(POLL_MS)) {
    if (requestsSchema.parse(await getJson(`${modelUrl}/bench/requests`)).length > 0) return
  }
  throw new Error(`the model was not asked, or its answer not taken, within ${ANSWER_MS} ms`)
}

/** So far, in milliseconds. */
async function costsOf(devtools: CDPSession): Promise<Costs> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return {
    TaskDuration: seconds('TaskDuration') * 1000,
    ScriptDuration: seconds('ScriptDuration') * 1000,
    LayoutDuration: seconds('LayoutDuration') * 1000,
    RecalcStyleDuration: seconds('RecalcStyleDuration') * 1000,
  }
}
