/** Long tasks of the page while a table of 5,000 rows is kept live, every tenth row changed by each read. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { manyPods, startClusterProxy } from '../../tests/support/cluster/cluster-proxy'
import { NO_BROWSER, withPage } from '../browser'
import { info, limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'

const ROWS = 5000
const READS = 4
const WHAT = 'Tasks over 100 ms of the page while 5,000 rows are live'
const LONG_MS = 100

/** Column of the pods' state. */
const STATUS = 2
/** Every so many rows change with each read. */
const CHANGES_EVERY = 10
/** Reads that are slow on a busy machine still end. */
const READ_MS = 120_000

export async function liveTable({ quick }: Context): Promise<Result> {
  const cluster = await startDemoCluster()
  let lists = 0
  const pods = manyPods(cluster, ROWS, (cells, index) => {
    if (index === 0) lists++
    return index % CHANGES_EVERY === 0 ? cells.with(STATUS, lists % 2 === 0 ? 'Running' : 'Evicted') : cells
  })
  const proxy = await startClusterProxy(cluster, pods)
  try {
    const tasks = await withRig(async (rig) => {
      const model = await rig.model()
      const env = { MCP_SERVER_COMMAND: undefined, KUBECONFIG: proxy.kubeconfig }
      const server = await rig.server({ modelUrl: model.url, env })
      return await withPage((page) => measure(page, server.url, quick ? 2 : READS))
    })
    if (!tasks) return { lines: [{ what: WHAT, figure: NO_BROWSER, goal: '0' }], tables: [] }
    return {
      lines: [
        limit(WHAT, tasks.filter((duration) => duration > LONG_MS).length, 0, 'tasks', 0),
        info('The longest of them', Math.max(0, ...tasks), 'ms', 0),
      ],
      tables: [
        {
          title: `Tasks over 50 ms during ${quick ? 2 : READS} reads of ${ROWS} rows, longest first`,
          columns: ['task', 'ms'],
          rows: tasks
            .toSorted((a, b) => b - a)
            .slice(0, 10)
            .map((duration, at) => [String(at + 1), ms(duration)]),
        },
      ],
    }
  } finally {
    await proxy.close()
    await cluster.close()
  }
}

/** @returns durations of the long tasks, in milliseconds */
async function measure(page: Page, url: string, reads: number): Promise<number[]> {
  await page.goto(url)
  const prompt = page.getByRole('textbox', { name: 'Your question' })
  await prompt.fill('/pods')
  await prompt.press('Enter')
  await page.getByTestId('row-count').waitFor()
  // The first read also loads what only a newer read needs.
  await readOnce(page, () => page.getByTestId('read-live').click())
  await page.evaluate(() => {
    Reflect.set(window, 'longTasks', [])
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) Reflect.get(window, 'longTasks').push(duration)
    }).observe({ type: 'longtask' })
  })
  for (let read = 0; read < reads; read++) await readOnce(page, async () => undefined)
  return z.array(z.number()).parse(await page.evaluate(() => Reflect.get(window, 'longTasks')))
}

/** Until a newer read is drawn. */
async function readOnce(page: Page, begin: () => Promise<void>): Promise<void> {
  const response = page.waitForResponse((each) => each.url().includes('/api/read'), { timeout: READ_MS })
  await begin()
  await (await response).finished()
  await page.getByTestId('table-changes').waitFor()
  // Two frames after the answer it is drawn.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
