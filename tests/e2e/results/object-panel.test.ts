/** The object panel: direct reads of a cluster, by keyboard, also without the model server. */
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { startApp, testKubeconfig } from '../../support/app'
import { answered, ask, expect, test as base } from '../../support/e2e/fixtures'
import { answer, startReplayServer, type ReplayServer } from '../../support/ollama'

/** The page on the cluster of TEST_KUBECONFIG, or on the demo's, with a model that the test can stop. */
const test = base.extend<{ stoppable: { url: string; replay: ReplayServer } }>({
  stoppable: async ({ browserName: _ }, use) => {
    const replay = await startReplayServer({ contextLength: 32_768 })
    const cluster = testKubeconfig ? { KUBECONFIG: testKubeconfig } : undefined
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, SHUTDOWN_GRACE_SECONDS: '0', ...cluster })
    await use({ url: app.url, replay })
    await app.stop()
    await replay.close()
  },
})

/** Its name depends on the language. */
const CHANGES_TAB = 4

/** Key and view, in the order in which they are looked at. */
const VIEWS = [
  ['', 'overview'],
  ['e', 'events'],
  ['l', 'logs'],
  ['y', 'yaml'],
  ['w', 'why'],
  ['', 'changes'],
] as const

const CRASHING = { resource: 'pods', namespace: 'shop' }

/** Opens the page with a table of the namespace's pods. */
async function showPods(page: Page, { url, replay }: { url: string; replay: ReplayServer }, text = 'These.') {
  replay.enqueue(answer.toolCall('kubectl_get', CRASHING), answer.text(text))
  await page.goto(url)
  await ask(page, 'Show me the pods')
  await answered(page)
}

const panel = (page: Page) => page.getByTestId('object-panel')
const view = (page: Page) => page.getByTestId('object-view')
const names = (page: Page) => page.getByTestId('result-table').getByTestId('object-name')

/** The row of a crashing pod, which has a log. */
const crashing = (page: Page): Locator =>
  names(page)
    .filter({ hasText: /^cart-/ })
    .first()

test('one key shows the log of a pod while the model server is stopped', async ({ page, stoppable }, info) => {
  await showPods(page, stoppable)
  const asked = stoppable.replay.chats().length
  await stoppable.replay.close()
  const pod = crashing(page)
  const name = (await pod.textContent()) ?? ''
  await pod.focus()
  const read = page.waitForResponse(
    (response) => /api\/read/.test(response.url()) && /kubectl_logs/.test(bodyOf(response.request())),
  )
  const pressed = await page.evaluate(() => performance.now())
  await page.keyboard.press('l')
  await expect(view(page).getByTestId('result-log')).toContainText(`shop/${name} · cart`)
  await expect(view(page).locator('[data-level]').first()).not.toHaveText('')
  const shown = (await page.evaluate(() => performance.now())) - pressed
  const response = await read
  await response.finished()
  const { responseEnd } = response.request().timing()
  info.annotations.push({
    type: 'time',
    description: `log ${Math.round(shown)} ms, its read ${Math.round(responseEnd)} ms`,
  })
  expect(stoppable.replay.chats()).toHaveLength(asked)
})

function bodyOf(request: { postData: () => string | null }): string {
  return request.postData() ?? ''
}

test('the keys of a row open each view, move between rows, and return to the row', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await names(page).first().focus()
  await page.keyboard.press('End')
  await expect(names(page).last()).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect(names(page).nth(1)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(names(page).first()).toBeFocused()
  for (const [key, shown] of [
    ['e', 'events'],
    ['y', 'yaml'],
    ['w', 'why'],
    ['Enter', 'overview'],
  ] as const) {
    await names(page).first().focus()
    await page.keyboard.press(key)
    await expect(view(page)).toHaveAttribute('data-view', shown)
  }
  // The same keys change the view inside.
  await expect(panel(page)).toBeFocused()
  await page.keyboard.press('y')
  await expect(view(page)).toHaveAttribute('data-view', 'yaml')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(names(page).first()).toBeFocused()
})

test('the menu of a row does what its keys do', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await crashing(page).focus()
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem', { name: 'Logs' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(crashing(page)).toBeFocused()
  await page.getByTestId('result-table').getByTestId('object-menu').first().click()
  await page.getByRole('menuitem', { name: 'Events' }).click()
  await expect(view(page)).toHaveAttribute('data-view', 'events')
  await expect(panel(page)).toBeFocused()
  await expect(view(page).getByTestId('result-table')).toBeVisible()
})

test('the owners of a pod are a breadcrumb that is red where it breaks', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await crashing(page).press('Enter')
  const chain = page.getByTestId('object-chain')
  await expect(chain).toContainText('Deployment cart')
  await expect(chain).toContainText('ReplicaSet cart-')
  await expect(chain.locator('[data-look="broken"]').last()).toContainText('Pod cart-')
  await chain.getByRole('button', { name: 'Deployment cart' }).click()
  await expect(page.getByTestId('object-title')).toHaveText('Deployment shop/cart')
  await expect(page.getByTestId('object-overview')).toContainText('Replicas')
  // The pods of the Deployment are names as well.
  await page.getByTestId('object-overview').getByTestId('object-name').first().click()
  await expect(page.getByTestId('object-title')).toContainText('Pod shop/cart-')
})

test('the log has a choice of container, run, time and level', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await crashing(page).press('l')
  const logs = page.getByTestId('object-logs')
  await expect(logs.getByTestId('result-log')).toBeVisible()
  const calls: string[] = []
  page.on('request', (request) => calls.push(bodyOf(request)))
  await logs.getByTestId('log-previous').click()
  await expect(logs.getByTestId('result-log')).toContainText('previous run')
  await logs.getByTestId('log-container').click()
  await page.getByRole('option', { name: 'cart', exact: true }).click()
  await expect
    .poll(() => calls.some((body) => /"container":"cart"/.test(body) && /"previous":true/.test(body)))
    .toBe(true)
  await logs.getByTestId('log-since').click()
  await page.getByRole('option', { name: 'Last 1h' }).click()
  await expect.poll(() => calls.some((body) => body.includes('"since":"1h"'))).toBe(true)
  await logs.getByTestId('log-level').click()
  await page.getByRole('option', { name: 'Errors', exact: true }).click()
  await expect(logs.getByTestId('log-level-count')).toBeVisible()
  for (const line of await logs.locator('[data-level]').all())
    await expect(line).toHaveAttribute('data-level', /error|fatal/)
  const before = calls.length
  await logs.getByTestId('log-follow').click()
  await expect.poll(() => calls.length, { timeout: 15_000 }).toBeGreaterThan(before + 1)
})

test('the YAML has numbers, folds, places and a search', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await crashing(page).press('y')
  const yaml = view(page).getByTestId('result-yaml')
  const topKey = (key: string) =>
    yaml
      .locator('[data-line]')
      .filter({ hasText: new RegExp(`^\\s*\\d+\\s*▾\\s?${key}:`) })
      .first()
  await expect(yaml.locator('[data-line="1"]')).toContainText('apiVersion')
  await yaml.getByTestId('yaml-key').filter({ hasText: 'status' }).click()
  await expect(topKey('status')).toBeInViewport()
  await yaml.getByTestId('yaml-search').fill('restartPolicy')
  await expect(yaml.getByTestId('yaml-hits')).toHaveText(/1 of \d/)
  await expect(yaml.getByText('restartPolicy').first()).toBeInViewport()
  await yaml.getByTestId('yaml-key').filter({ hasText: 'metadata' }).click()
  const fold = topKey('metadata').getByTestId('yaml-fold')
  await fold.click()
  await expect(yaml.getByTestId('yaml-fold').first()).toHaveAttribute('aria-expanded', 'false')
  await expect(topKey('spec')).toBeInViewport()
  await expect(yaml.getByText('ownerReferences')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await yaml.getByTestId('yaml-download').click()
  expect((await download).suggestedFilename()).toMatch(/^Pod-shop-cart-.*\.yaml$/)
})

test('the changes of an object are on its own tab, with who made them, and lead to their objects', async ({
  page,
  stoppable,
}) => {
  await showPods(page, stoppable)
  await crashing(page).press('Enter')
  await page.getByTestId('object-chain').getByRole('button', { name: 'Deployment cart' }).click()
  await expect(page.getByTestId('object-title')).toHaveText('Deployment shop/cart')
  await page.getByTestId('object-tabs').getByRole('tab', { name: 'Overview' }).focus()
  const tab = page.getByTestId('object-tabs').getByRole('tab', { name: 'Changes' })
  while ((await tab.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowRight')
  await expect(view(page)).toHaveAttribute('data-view', 'changes')
  const changes = view(page).getByTestId('change')
  await expect(changes.first()).toBeVisible()
  for (const change of await changes.all()) {
    await expect(change.getByTestId('change-writer')).not.toBeEmpty()
    expect(Date.parse((await change.locator('time').first().getAttribute('datetime')) ?? '')).toBeLessThan(Date.now())
  }
  await changes.first().getByTestId('object-name').press('y')
  await expect(view(page)).toHaveAttribute('data-view', 'yaml')
})

test('two objects are compared without the noise of ids and times', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await names(page).first().press('c')
  await expect(page.getByTestId('compare-first')).toBeVisible()
  await names(page).first().press('ArrowDown')
  await names(page).nth(1).press('c')
  const diff = page.getByTestId('object-diff')
  await expect(diff.locator('ins, del').first()).toBeVisible()
  await expect(diff).not.toContainText(/resourceVersion|creationTimestamp|\buid:/)
  await diff.getByTestId('compare-end').click()
  await expect(view(page)).toBeVisible()
})

test('a pinned object stays within reach', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  const name = (await names(page).first().textContent()) ?? ''
  await names(page).first().press('Enter')
  await page.getByTestId('object-pin').click()
  await names(page).nth(1).press('Enter')
  await page.getByTestId('object-pinned').filter({ hasText: name }).click()
  await expect(page.getByTestId('object-title')).toContainText(name)
})

test('a diagnosis of a row is handed to the model with its object', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  const { replay } = stoppable
  const name = (await crashing(page).textContent()) ?? ''
  await crashing(page).press('w')
  await expect(page.getByTestId('object-why').getByTestId('verdict')).not.toHaveText('')
  expect(replay.chats()).toHaveLength(2)
  replay.enqueue(answer.text('Because.'))
  await page.getByTestId('object-ask').click()
  await expect(page.getByTestId('message-assistant').last()).toContainText('Because.')
  const question = replay.chats().at(-1)?.messages.at(-1)?.content
  expect(question).toContain(`Pod shop/${name}`)
  expect(question).toContain(`Pod "${name}" in namespace "shop"`)
  expect(question).toContain(await page.getByTestId('finding-cause').first().textContent())
})

test('a name in the text of an answer opens its object', async ({ page, stoppable }) => {
  await showPods(page, stoppable, 'Look at the names.')
  const name = (await crashing(page).textContent()) ?? ''
  stoppable.replay.enqueue(answer.text(`It is **${name}**, not payments-1.`))
  await ask(page, 'Which one?')
  await answered(page)
  const message = page.getByTestId('message-assistant').last()
  await expect(message.locator('[data-object]')).toHaveCount(1)
  await message.getByRole('button', { name }).press('Enter')
  await expect(page.getByTestId('object-title')).toHaveText(`Pod shop/${name}`)
})

test('one press reads the state and the view again', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  const reads: string[] = []
  page.on('request', (request) => {
    if (/api\/read/.test(request.url())) reads.push(/kubectl_\w+|diagnose/.exec(bodyOf(request))?.[0] ?? '')
  })
  await crashing(page).press('e')
  await expect(view(page).getByTestId('result-table')).toBeVisible()
  const before = reads.length
  await page.getByTestId('object-refresh').click()
  await expect.poll(() => reads.slice(before).sort()).toEqual(['kubectl_describe', 'kubectl_events'])
})

test('a read that fails can be repeated', async ({ page, stoppable }) => {
  await showPods(page, stoppable)
  await page.route('**/api/read*', (route) => route.abort())
  await crashing(page).press('Enter')
  await expect(page.getByTestId('object-failed')).toBeVisible()
  await page.unroute('**/api/read*')
  await page.getByTestId('object-retry').click()
  await expect(page.getByTestId('object-overview')).toBeVisible()
})

for (const [scheme, locale] of [
  ['light', 'en'],
  ['dark', 'vi'],
] as const)
  test.describe(`in ${scheme} and ${locale}`, () => {
    test.use({ colorScheme: scheme, locale, viewport: { width: 420, height: 900 } })

    test('every view fits a dock and has no serious violation for axe', async ({
      page,
      stoppable: { url, replay },
    }) => {
      replay.enqueue(answer.toolCall('kubectl_get', CRASHING), answer.text('These.'))
      await page.goto(url)
      await page.getByRole('textbox').first().fill('pods')
      await page.keyboard.press('Enter')
      await crashing(page).press('Enter')
      for (const [key, shown] of VIEWS) {
        if (shown === 'changes') await page.getByTestId('object-tabs').getByRole('tab').nth(CHANGES_TAB).click()
        else if (key !== '') await panel(page).press(key)
        await expect(page.locator(`[data-testid="object-view"][data-view="${shown}"] > *`)).not.toHaveCount(0)
        await expect(view(page).locator('[role="status"]')).toHaveCount(0)
        const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(width).toBeLessThanOrEqual(0)
        const { violations } = await new AxeBuilder({ page }).include('[data-testid="object-panel"]').analyze()
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id, nodes }) => `${shown} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`),
        ).toEqual([])
      }
    })
  })
