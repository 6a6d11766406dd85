/** Tables that are read again without the model: on demand, and live while they are in sight. */
import type { Page } from '@playwright/test'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import { manyPods, startClusterProxy } from '../../support/cluster/cluster-proxy'
import { answered, ask, expect, test as base } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

interface Changing {
  url: string
  replay: ReplayServer
  /** Number of pods in the cluster. */
  count: number
  /** By the pod's number: its new status, or `gone`. */
  changes: Map<number, string>
  /** How often the pods were listed. */
  lists: number
}

const STATUS = 2

const test = base.extend<{ changing: Changing }>({
  changing: async ({ browserName: _ }, use) => {
    const cluster = await startDemoCluster()
    const replay = await startReplayServer({ contextLength: 32_768 })
    const changing: Changing = { url: '', replay, count: 5000, changes: new Map(), lists: 0 }
    const proxy = await startClusterProxy(cluster, (incoming, outgoing) =>
      manyPods(cluster, changing.count, (cells, index) => {
        if (index === 0) changing.lists++
        const change = changing.changes.get(index)
        if (change === undefined) return cells
        return change === 'gone' ? undefined : cells.with(STATUS, change)
      })(incoming, outgoing),
    )
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: proxy.kubeconfig })
    changing.url = app.url
    await use(changing)
    await app.stop()
    await replay.close()
    await proxy.close()
    await cluster.close()
  },
})

async function showPods(page: Page, { url, replay }: Changing): Promise<void> {
  replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true }), answer.text('Many.'))
  await page.goto(url)
  await ask(page, 'Show me all pods')
  await answered(page)
  await expect(page.getByTestId('row-count')).toBeVisible()
}

const table = (page: Page) => page.getByTestId('result-table')
const row = (page: Page, name: string) => table(page).locator('tbody tr', { hasText: name })

test('a table is read again without the model; changed, new and missing rows are marked', async ({
  page,
  changing,
}) => {
  changing.count = 10
  changing.changes.set(9, 'gone')
  await showPods(page, changing)
  const asked = changing.replay.chats().length
  const first = await page.getByTestId('result-time').textContent()
  changing.changes.set(3, 'Evicted').set(4, 'gone').delete(9)
  await page.getByTestId('read-again').click()
  await expect(page.getByTestId('table-changes')).toHaveText(/1 changed, 1 new, 1 gone/)
  await expect(row(page, 'pod-00003').locator('[data-change="changed"]').first()).toContainText('Evicted')
  await expect(row(page, 'pod-00004')).toHaveAttribute('data-change', 'removed')
  await expect(row(page, 'pod-00009')).toHaveAttribute('data-change', 'added')
  await expect(page.getByTestId('row-count')).toHaveText(/^9 rows/)
  expect(changing.replay.chats()).toHaveLength(asked)

  await page.getByTestId('read-first').click()
  await expect(page.getByTestId('result-time')).toHaveText(first ?? '')
  await expect(page.getByTestId('table-changes')).toHaveCount(0)
  await expect(row(page, 'pod-00009')).toHaveCount(0)
})

test('a live table that is left during a read reads no more', async ({ page, changing }) => {
  changing.count = 10
  await page.clock.install()
  await showPods(page, changing)
  let reads = 0
  let answerRead = (): void => undefined
  const held = new Promise<void>((resolve) => (answerRead = resolve))
  await page.route('**/api/read*', async (route) => {
    // The start page reads on its own account.
    if (!route.request().postData()?.includes('kubectl_get')) return route.continue()
    reads++
    await held
    await route.continue().catch(() => undefined)
  })
  await page.getByTestId('read-live').click()
  await expect.poll(() => reads).toBe(1)
  await page.getByTestId('new-conversation').click()
  await expect(table(page)).toHaveCount(0)
  answerRead()
  await page.clock.runFor(120_000)
  // A question and its answer take longer than a read that is due.
  changing.replay.enqueue(answer.text('Still here.'))
  await ask(page, 'hello')
  await page.clock.runFor(1000)
  await expect(page.getByText('Still here.')).toBeVisible()
  expect(reads).toBe(1)
})

test('a live table follows the cluster while it is in sight, and stops at an error', async ({ page, changing }) => {
  changing.count = 10
  await showPods(page, changing)
  await page.getByTestId('read-live').click()
  await expect(page.getByTestId('read-live')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => changing.lists).toBeGreaterThan(1)
  changing.changes.set(3, 'Evicted')
  await expect(row(page, 'pod-00003').locator('[data-change="changed"]').first()).toContainText('Evicted')

  // The server refuses: the pace slows down, and nothing is reported as an error.
  let refused = 0
  await page.route('**/api/read*', (route) => {
    refused++
    return route.fulfill({ status: 429, headers: { 'retry-after': '1' }, json: {} })
  })
  await expect(page.getByTestId('read-live')).toHaveText('Live, slowed down')
  await expect(page.getByTestId('read-problem')).toHaveCount(0)
  expect(refused).toBe(1)

  await page.unroute('**/api/read*')
  await page.route('**/api/read*', (route) => route.abort())
  await expect(page.getByTestId('read-problem')).toContainText('Not updated')
  await expect(page.getByTestId('read-live')).toHaveAttribute('aria-pressed', 'false')
  await expect(row(page, 'pod-00003')).toContainText('Evicted')
})
