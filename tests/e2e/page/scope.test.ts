/** Cluster and namespace in sight, and what follows from them. */
import type { Page } from '@playwright/test'
import { startApp } from '../../support/app'
import { answered, ask, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'

const scope = (page: Page) => page.getByTestId('scope')
const scale = (replicas: number) => answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas })

test('cluster and namespace are in sight, and in a dock in one line', async ({ page, scripted }) => {
  await page.goto(scripted.url)
  await expect(scope(page)).toBeInViewport({ ratio: 1 })
  await expect(scope(page)).toContainText('demo')
  await expect(scope(page)).toContainText('All namespaces')
  for (let turn = 0; turn < 3; turn++) {
    scripted.replay.enqueue(answer.text('Fine.'))
    await page.goto(`${scripted.url}/#/`)
    await expect(page.getByTestId('empty')).toBeVisible()
    await ask(page, `Question ${turn}?`)
    await answered(page)
  }
  for (const width of [420, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(scope(page)).toBeInViewport({ ratio: 1 })
    const status = page.getByTestId('status-line')
    expect((await status.boundingBox())?.height).toBeLessThan(36)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    for (const part of await status.locator('button, [data-testid=scope-cluster]').all())
      await expect(part).toBeInViewport({ ratio: 1 })
  }
})

test('the namespace is chosen by keyboard, goes with the question, and stays over a reload', async ({
  page,
  scripted,
}) => {
  const { url, replay } = scripted
  await page.goto(url)
  await page.getByTestId('scope-namespace').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: 'payments' })).toBeVisible()
  await page.keyboard.type('payme')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('scope-namespace')).toContainText('payments')
  await page.reload()
  await expect(page.getByTestId('scope-namespace')).toContainText('payments')
  replay.enqueue(answer.text('None.'))
  await ask(page, 'Which pods fail?')
  await answered(page)
  const asked = (question: string) =>
    replay
      .chats()
      .at(-1)
      ?.messages.find(({ content }) => content?.startsWith(question))?.content
  expect(asked('Which pods fail?')).toContain('Namespace chosen on the page: "payments"')
  await page.getByTestId('scope-namespace').click()
  await page.getByRole('option', { name: 'All namespaces' }).click()
  replay.enqueue(answer.text('Two.'))
  await ask(page, 'And everywhere?')
  await answered(page)
  expect(asked('And everywhere?')).toContain('Asked at')
  expect(asked('And everywhere?')).not.toContain('Namespace chosen')
})

test('a cluster that the operator calls production is marked, also on the card of a change', async ({ page }) => {
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({
    OLLAMA_BASE_URL: replay.url,
    ACCESS_MODE: 'approve',
    PRODUCTION_CLUSTERS: 'staging,de*',
  })
  try {
    replay.enqueue(scale(4))
    await page.goto(app.url)
    for (const width of [1400, 420]) {
      await page.setViewportSize({ width, height: 800 })
      await expect(page.getByTestId('scope-production')).toBeInViewport({ ratio: 1 })
      await expect(scope(page)).toHaveAttribute('data-production', 'true')
    }
    await ask(page, 'scale web to 4')
    await expect(page.getByTestId('approval-title')).toContainText('production')
  } finally {
    await app.stop()
    await replay.close()
  }
})

test('an approval that waits is pinned above the prompt of each other conversation', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(scale(13))
  await page.goto(url)
  await ask(page, 'scale web in shop to 13')
  await expect(page.getByTestId('approval-card')).toBeVisible()
  await expect(page.getByTestId('pinned-approvals')).toHaveCount(0)
  await page.getByTestId('new-conversation').click()
  const pinned = page.getByTestId('pinned-approvals')
  await expect(pinned).toContainText(/Scale Deployment web in shop on demo: \d+ → 13/)
  await expect(pinned).toContainText(/0\d:\d\d|10:00/)
  for (const width of [1400, 420]) {
    await page.setViewportSize({ width, height: 700 })
    await expect(pinned).toBeInViewport({ ratio: 1 })
    const [above, below] = [await pinned.boundingBox(), await prompt(page).boundingBox()]
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
  }
  await page.reload()
  await pinned.getByTestId('pinned-look').click()
  await expect(page.getByTestId('approval-title')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('approve')).toBeInViewport({ ratio: 1 })
  replay.enqueue(answer.text('Left as it is.'))
  await page.getByTestId('decline').click()
  await page.getByTestId('decline').click()
  await expect(page.getByText('Left as it is.')).toBeVisible()
  await page.goto(`${url}/#/`)
  await expect(page.getByTestId('empty')).toBeVisible()
  await expect(pinned).toHaveCount(0)
})

test('the browser notifies of an approval if the user wants it and the page is out of sight', async ({
  page,
  context,
  approving,
}) => {
  const { url, replay } = approving
  await context.grantPermissions(['notifications'])
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { get: () => true })
    class Recorded extends EventTarget {
      static readonly permission = 'granted'
      static readonly requestPermission = () => Promise.resolve('granted')
      constructor(title: string) {
        super()
        document.documentElement.dataset.notified = `${document.documentElement.dataset.notified ?? ''}[${title}]`
      }
      close() {}
    }
    Object.defineProperty(window, 'Notification', { value: Recorded })
  })
  await page.goto(url)
  const notified = () => page.locator('html').getAttribute('data-notified')
  const decline = async (text: string) => {
    replay.enqueue(answer.text(text))
    await page.getByTestId('decline').click()
    await page.getByTestId('decline').click()
    await expect(page.getByText(text)).toBeVisible()
  }
  replay.enqueue(scale(14))
  await ask(page, 'scale web in shop to 14')
  await expect(page.getByTestId('approval-card')).toBeVisible()
  expect(await notified()).toBeNull()
  await decline('Not now.')
  await page.getByTestId('settings').click()
  await page.getByTestId('setting-notifications').click()
  await page.keyboard.press('Escape')
  replay.enqueue(scale(15))
  await ask(page, 'scale web in shop to 15')
  await expect.poll(notified).toMatch(/^\[Scale Deployment web in shop on demo: \d+ → 15\]$/)
  await decline('Not today.')
})
