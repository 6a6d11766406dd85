/** The card of a change: what it is about in sight, and its result until the pods are ready. */
import type { Locator } from '@playwright/test'
import { ask, expect, test } from '../../support/e2e/fixtures'
import { expectAccessible } from '../../support/e2e/axe'
import { shapelessButtons } from '../../support/e2e/shape'
import { answer } from '../../support/ollama'

test('in a low window the change, its target and the buttons are in sight', async ({ page, approving }) => {
  await page.setViewportSize({ width: 640, height: 360 })
  const { url, replay } = approving
  const data = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key-${index}`, `value ${index}`]))
  const manifest = JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'long', namespace: 'shop' },
    data,
  })
  replay.enqueue(answer.toolCall('kubectl_apply', { manifest }))
  await page.goto(url)
  await ask(page, 'apply the settings')
  await expect(page.getByTestId('approve')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('decline')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('approval-title')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('approval-title')).toHaveText(/ConfigMap long in shop on demo/)
  replay.enqueue(answer.text('Left as it is.'))
  await page.getByTestId('decline').click()
  await page.getByTestId('decline').click()
  await expect(page.getByText('Left as it is.')).toBeVisible()
})

test('what was done stands beside what the model claims', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 5 }))
  await page.goto(url)
  await ask(page, 'scale web in shop to 5')
  // The server asks again before it lets the claim stand.
  for (let written = 0; written < 3; written++) replay.enqueue(answer.text('web has 5 replicas now.'))
  await page.getByTestId('decline').click()
  await page.getByTestId('decline').click()
  await expect(page.getByText('web has 5 replicas now.')).toBeVisible()
  await expect(page.getByTestId('message-assistant').last()).toContainText(/0 changes made, 1 declined/)
  replay.dropQueue()
})

test('the result of a change is followed until all pods are ready, without the model', async ({ page, approving }) => {
  const { url, replay } = approving
  replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 6 }))
  await page.goto(url)
  await ask(page, 'scale web in shop to 6')
  const heading = page.getByTestId('tool-card').getByRole('heading', { level: 2 }).first()
  await expect(heading).not.toContainText('kubectl_scale')
  await expect(page.getByTestId('approve')).toBeEnabled()
  await expectAccessible(page)
  replay.enqueue(answer.text('It is on its way.'))
  await page.getByTestId('approve').click()
  await expect(page.getByText('It is on its way.')).toBeVisible()
  const asked = replay.chats().length
  const progress = page.getByTestId('followed-change')
  await expect(progress).toHaveAttribute('data-state', 'ready', { timeout: 60_000 })
  await expect(progress).toContainText(/6\/6 ready after/)
  expect(replay.chats()).toHaveLength(asked)
  await heading.getByRole('button').click()
  await expect(heading).toContainText(/Scale Deployment web in shop on demo: \d+ → 6/)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`a disabled button does not look like one that can be pressed, ${colorScheme}`, async ({ page, scripted }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto(scripted.url)
    const send = page.getByTestId('send')
    const luminance = () =>
      send.evaluate((element) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d')
        if (!canvas) throw new Error('no canvas')
        canvas.fillStyle = getComputedStyle(element).backgroundColor
        canvas.fillRect(0, 0, 1, 1)
        const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
          const part = value / 255
          return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      })
    await expect(send).toBeDisabled()
    const disabled = await luminance()
    await page.getByRole('textbox', { name: 'Your question' }).fill('hello')
    await expect(send).toBeEnabled()
    await expect
      .poll(async () => {
        const enabled = await luminance()
        return (Math.max(enabled, disabled) + 0.05) / (Math.min(enabled, disabled) + 0.05)
      })
      .toBeGreaterThanOrEqual(2)
  })

for (const [locale, sentence] of [
  ['en-US', 'no arguments'],
  ['vi-VN', 'không có tham số'],
] as const)
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('the sentence of a card without arguments is set in the font of the text', async ({ page, scripted }) => {
      const { url, replay } = scripted
      replay.enqueue(answer.toolCall('diagnose', {}), answer.text('Fine.'))
      await page.goto(url)
      await page.getByTestId('prompt').fill('Is it well?')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Fine.').first()).toBeVisible()
      const card = page.getByTestId('tool-card')
      const fontOf = (element: Locator) => element.evaluate((each) => getComputedStyle(each).fontFamily)
      expect(await fontOf(card.getByText(sentence, { exact: true }))).toBe(await fontOf(page.locator('body')))
      expect(await fontOf(card.getByText('diagnose', { exact: true }).first())).toContain('mono')
    })
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`in forced colours a card has buttons, and signs for what a change adds and removes, ${colorScheme}`, async ({
    page,
    approving,
  }) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    const { url, replay } = approving
    replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 17 }))
    await page.goto(url)
    await expect(page.getByTestId('start-finding').first()).toBeVisible()
    await expect.poll(() => shapelessButtons(page)).toEqual([])
    await ask(page, 'scale web in shop to 17')
    await expect(page.getByTestId('approve')).toBeEnabled()
    await expect.poll(() => shapelessButtons(page)).toEqual([])
    for (const button of ['approve', 'decline'])
      expect(await page.getByTestId(button).evaluate((each) => getComputedStyle(each).borderStyle)).toBe('solid')
    const diff = page.getByTestId('approval-diff')
    await expect(diff.locator('del')).toHaveCount(1)
    await expect(diff).toContainText(/[-−]\s*replicas: \d+/)
    await expect(diff).toContainText(/\+\s*replicas: 17/)
    replay.enqueue(answer.text('Left as it is.'))
    await page.getByTestId('decline').click()
    await page.getByTestId('decline').click()
    await expect(page.getByText('Left as it is.')).toBeVisible()
  })
