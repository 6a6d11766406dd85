import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answer, createGate } from '../support/ollama'
import { answered, ask, expect, lookAtApprovals, prompt, test } from '../support/e2e/fixtures'

/**
 * A scripted call that scales the demo's Deployment web. Each test uses its own number, since they share the cluster.
 */
const scale = (replicas: number) => answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas })

const card = (page: Page) => page.getByTestId('approval-card')
const toolCard = (page: Page) => page.getByTestId('tool-card').filter({ hasText: 'kubectl_scale' })
const message = (page: Page) => page.getByTestId('message-assistant')

test('a change is shown with its place, its preview and its exact arguments, and runs once it is approved', async ({
  page,
  approving,
}) => {
  const { url, replay } = approving
  replay.enqueue(scale(5))
  await page.goto(url)
  await ask(page, 'scale web in shop to 5')
  await expect(card(page).getByTestId('approval-title')).toHaveText(/Deployment web in shop on demo: \d+ → 5/)
  await expect(card(page).getByTestId('approval-cluster')).toHaveText(/demo/)
  await expect(card(page).getByTestId('approval-user')).toHaveText(/demo/)
  await expect(card(page).getByTestId('approval-basis')).toHaveAttribute('data-previewed', 'true')
  await card(page).getByTestId('approval-show-arguments').click()
  await expect(card(page).getByTestId('approval-arguments')).toContainText('replicas: 5')
  await expect(card(page).getByTestId('approval-diff')).toContainText('replicas: 5')
  await expect(card(page).getByTestId('approval-expiry')).toContainText(/0[89]:\d\d|10:00/)
  await expect(toolCard(page)).toHaveAttribute('data-status', 'needs-approval')
  const asked = replay.chats().length
  replay.enqueue(answer.text('It has 5 replicas.'))
  await card(page).getByTestId('approve').click()
  await expect(message(page)).toContainText('It has 5 replicas.')
  await expect(toolCard(page)).toHaveAttribute('data-status', 'ok')
  await expect(page.getByTestId('approve')).toHaveCount(0)
  await expect(message(page)).toHaveCount(1)
  expect(replay.chats().length - asked).toBe(1)
})

test('a declined change does not run, and the model receives the reason', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(scale(7))
  await page.goto(url)
  await ask(page, 'scale web in shop to 7')
  await card(page).getByTestId('decline').click()
  await expect(page.getByTestId('decline-reason')).toBeFocused()
  await page.getByTestId('decline-reason').fill('not before the sale is over')
  replay.enqueue(answer.text('Left as it is.'))
  await page.getByTestId('decline-reason').press('Enter')
  await expect(message(page)).toContainText('Left as it is.')
  await expect(toolCard(page)).toHaveAttribute('data-status', 'declined')
  expect(JSON.stringify(replay.chats().at(-1)?.messages)).toContain('not before the sale is over')
})

test('nothing else is asked while an approval waits; the draft stays', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(scale(8))
  await page.goto(url)
  await ask(page, 'scale web in shop to 8')
  await expect(card(page)).toBeVisible()
  await ask(page, 'and what else?')
  await expect(page.getByTestId('prompt-blocked')).toBeVisible()
  await expect(page.getByTestId('stop')).toHaveCount(0)
  await expect(page.getByTestId('message-user')).toHaveCount(1)
  replay.enqueue(answer.text('Left.'))
  await card(page).getByTestId('decline').click()
  await card(page).getByTestId('decline').click()
  await answered(page)
  await expect(prompt(page)).toHaveValue('and what else?')
  await expect(page.getByTestId('prompt-blocked')).toHaveCount(0)
})

test('several changes are approved together, and one at a time', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(scale(9).toolCall('kubectl_scale', { namespace: 'shop', name: 'cart', replicas: 4 }))
  await page.goto(url)
  await ask(page, 'scale web to 9 and cart to 4')
  await expect(card(page)).toHaveCount(2)
  await lookAtApprovals(page)
  await expect(page.getByTestId('approve-all')).toContainText('2')
  const asked = replay.chats().length
  replay.enqueue(answer.text('Both are scaled.'))
  await page.getByTestId('approve-all').click()
  await expect(message(page)).toContainText('Both are scaled.')
  for (const each of await toolCard(page).all()) await expect(each).toHaveAttribute('data-status', 'ok')
  expect(replay.chats().length - asked).toBe(1)
})

test('a reload keeps what waits, and a reload in mid-answer doubles nothing', async ({ page, approving }) => {
  const { url, replay } = approving
  const gate = createGate()
  replay.enqueue(scale(6))
  await page.goto(url)
  await ask(page, 'scale web in shop to 6')
  await expect(page.getByTestId('approve')).toBeEnabled()
  await expect(page.getByTestId('conversation-item')).toHaveCount(1)
  await page.reload()
  const asked = replay.chats().length
  replay.enqueue(answer.text('It has ').hold(gate).text('6 replicas.'))
  await page.getByTestId('approve').click()
  await expect(message(page)).toContainText('It has')
  await page.reload()
  await expect(message(page)).toContainText('It has')
  await expect(page.getByTestId('stop')).toBeVisible()
  gate.release()
  await expect(message(page)).toContainText('It has 6 replicas.')
  await answered(page)
  expect((await message(page).innerText()).match(/It has/g)).toHaveLength(1)
  await expect(toolCard(page)).toHaveCount(1)
  await expect(toolCard(page)).toHaveAttribute('data-status', 'ok')
  await expect(card(page)).toHaveCount(1)
  // Regenerating would drop the outcome of the change.
  await expect(page.getByTestId('regenerate')).toHaveCount(0)
  expect(replay.chats().length - asked).toBe(1)
})

test('Stop during approved calls keeps the received results', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(scale(3))
  await page.goto(url)
  await ask(page, 'scale web in shop to 3')
  replay.enqueue(answer.text('It has ').hold(createGate()))
  await page.getByTestId('approve').click()
  await expect(message(page)).toContainText('It has')
  await page.getByTestId('stop').click()
  await expect(page.getByTestId('ending')).toBeVisible()
  await expect(toolCard(page)).toHaveAttribute('data-status', 'ok')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an approval has no serious violation for axe, and fits a phone, ${colorScheme}`, async ({
    page,
    approving,
  }) => {
    const { url, replay } = approving
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 400, height: 800 })
    replay.enqueue(scale(2))
    await page.goto(url)
    await ask(page, 'scale web in shop to 2')
    await expect(page.getByTestId('approve')).toBeEnabled()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' ')}`)).toEqual(
      [],
    )
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
}
