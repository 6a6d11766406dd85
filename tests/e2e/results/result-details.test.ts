/** Details of tables and logs that a person on call relies on: times, cut cells, steady controls, the end of a log. */
import type { Page } from '@playwright/test'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import { startClusterProxy } from '../../support/cluster/cluster-proxy'
import { answered, ask, expect, test } from '../../support/e2e/fixtures'
import type { Scripted } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'

type Call = [tool: string, args: object]

const PODS: Call = ['kubectl_get', { resource: 'pods', allNamespaces: true }]
const EVENTS: Call = ['kubectl_events', { allNamespaces: true }]
const TOP: Call = ['kubectl_top', { resource: 'pods', allNamespaces: true }]

async function show(page: Page, { url, replay }: Scripted, [tool, args]: Call): Promise<void> {
  replay.enqueue(answer.toolCall(tool, args), answer.text('That is all.'))
  await page.goto(url)
  await ask(page, 'What is wrong?')
  await answered(page)
  await expect(page.getByTestId('tool-card')).toHaveCount(1)
  // Their code comes when it is first used.
  await expect(table(page).or(page.getByTestId('result-log'))).toBeVisible()
}

const table = (page: Page) => page.getByTestId('result-table')

test('a result tells when it was read, and its ages grow', async ({ page, scripted }) => {
  await show(page, scripted, PODS)
  await expect(page.getByTestId('result-time')).toHaveText(/^as of \d\d:\d\d:\d\d$/)
  const restarts = table(page)
    .locator('td', { hasText: /\(\d+s ago\)|\(\dm\d+s ago\)/ })
    .first()
  const before = await restarts.textContent()
  await expect(restarts).not.toHaveText(before ?? '')
  await expect(page.getByTestId('result-age')).toHaveText(/\(\d+s ago\)/)
})

test('events have local times on one axis, and UTC on demand', async ({ page, scripted }) => {
  await show(page, scripted, EVENTS)
  const time = page.getByTestId('event-time').first()
  const local = await time.evaluate((cell) => {
    const [, last = ''] = (cell.querySelector('[title]')?.getAttribute('title') ?? '').split(' – ')
    return new Date(last).toLocaleTimeString('en', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
  })
  await expect(time).toContainText(local)
  await page.getByTestId('result-time').click()
  await expect(page.getByTestId('result-time')).toContainText('UTC')
  await expect(time).toContainText('UTC')
})

test('usage has bars, and restarts too', async ({ page, scripted }) => {
  await show(page, scripted, TOP)
  await expect.poll(() => page.getByTestId('cell-bar').count()).toBeGreaterThan(10)
})

test('status sorts by severity', async ({ page, scripted }) => {
  await show(page, scripted, PODS)
  await table(page).getByRole('button', { name: 'STATUS' }).click()
  await expect(table(page).locator('tbody tr').first()).toContainText(/BackOff|Error|Pending/)
  await table(page).getByRole('button', { name: 'STATUS' }).click()
  await expect(table(page).locator('tbody tr').first()).toContainText(/Running|Completed/)
})

test('the filter stays where it is while rows disappear', async ({ page, scripted }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await show(page, scripted, PODS)
  const main = page.locator('main')
  await main.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  const field = page.getByTestId('table-filter')
  await field.click()
  const before = await field.boundingBox()
  for (const key of 'payments/none') {
    await page.keyboard.press(key)
    expect((await field.boundingBox())?.y).toBe(before?.y)
  }
})

test('a cut cell is shown whole, by keyboard and by touch', async ({ page, scripted }) => {
  await show(page, scripted, EVENTS)
  const cell = page.getByTestId('cut-cell').first()
  const text = (await cell.textContent())?.trim() ?? ''
  expect(text.length).toBeGreaterThan(100)
  await cell.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('whole-cell')).toHaveText(text)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('whole-cell')).toHaveCount(0)
  await cell.dispatchEvent('click')
  await expect(page.getByTestId('whole-cell')).toBeVisible()
})

test('a table has no empty row for a screen reader, and the heading of its card is a sentence', async ({
  page,
  scripted,
}) => {
  await show(page, scripted, PODS)
  const rows = await table(page)
    .locator('tr:not([aria-hidden="true"])')
    .evaluateAll((all) => all.map((row) => row.textContent.trim()))
  expect(rows.length).toBeGreaterThan(5)
  expect(rows).not.toContain('')
  await expect(page.getByTestId('tool-card').getByRole('heading')).toHaveAccessibleName(
    /^kubectl_get ?, resource: pods · allNamespaces: true: ?OK ?, ?\d+ ms/,
  )
})

test('a log of 10,000 lines is searched from its end, filtered, and its messages are in sight at 420 px', async ({
  page,
}) => {
  const cluster = await startDemoCluster()
  const log = Array.from({ length: 10_000 }, (_, at) => {
    const time = new Date(Date.parse('2026-11-30T05:00:00Z') + at * 1000).toISOString()
    return `${time} ${at % 100 === 0 ? 'ERROR cannot reach redis' : 'INFO request served'} ${at}`
  })
  const proxy = await startClusterProxy(cluster, (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', cluster.url)
    if (!url.pathname.endsWith('/log')) return false
    const lines = log.slice(-Number(url.searchParams.get('tailLines') ?? log.length))
    outgoing.writeHead(200, { 'content-type': 'text/plain' })
    // The API server's own time comes first if it is asked for.
    const stamp = url.searchParams.get('timestamps') === 'true'
    outgoing.end(`${lines.map((line) => (stamp ? `${line.slice(0, 24)} ${line}` : line)).join('\n')}\n`)
    return true
  })
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: proxy.kubeconfig })
  try {
    await page.setViewportSize({ width: 420, height: 900 })
    await show(page, { url: app.url, replay }, [
      'kubectl_logs',
      { namespace: 'shop', name: 'deploy/web', tail: 10_000 },
    ])
    const lines = page.getByTestId('result-log').getByRole('group')
    const last = lines.getByText('INFO request served 9999')
    await page.getByTestId('result-log').evaluate((element) => element.scrollIntoView({ block: 'end' }))
    await expect(last).toBeInViewport()
    const left = await last.evaluate((element) => element.getBoundingClientRect().left)
    expect(left).toBeLessThan(120)
    await page.getByTestId('log-search').fill('redis')
    await expect(page.getByTestId('log-hits')).toHaveText(/^(\d+) of \1$/)
    await expect(lines.getByText('ERROR').last()).toBeVisible()
    await page.getByTestId('log-filter').click()
    await expect(lines.getByText('INFO request served')).toHaveCount(0)
    await expect(lines.locator('mark').last()).toBeInViewport()
  } finally {
    await app.stop()
    await replay.close()
    await proxy.close()
    await cluster.close()
  }
})
