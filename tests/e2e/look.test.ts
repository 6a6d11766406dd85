import { expectAccessible } from '../support/e2e/axe'
import { answered, ask, expect, test } from '../support/e2e/fixtures'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious violation for axe, ${colorScheme}`, async ({ page, demoUrl }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto(demoUrl)
    await expect(page.getByTestId('empty')).toBeVisible()
    await expectAccessible(page)
    await ask(page, 'What is wrong in namespace shop?')
    await answered(page)
    await expectAccessible(page)
  })
}

test("is usable on a phone's width", async ({ page, demoUrl }) => {
  await page.setViewportSize({ width: 400, height: 800 })
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods')
  await answered(page)
  await expect(page.getByTestId('result-table')).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await page.getByTestId('menu').click()
  await page.getByTestId('new-conversation').click()
  await expect(page.getByTestId('empty')).toBeVisible()
  await expectAccessible(page)
})

test('darkens the page behind a dialog', async ({ page, demoUrl }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(demoUrl)
  await page.getByTestId('status-mcp').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  const light = await page.evaluate(() => {
    const overlay = document.querySelector('[data-slot="overlay"]')
    const canvas = document.createElement('canvas').getContext('2d')
    if (!overlay || !canvas) return undefined
    canvas.fillStyle = getComputedStyle(overlay).backgroundColor
    canvas.fillRect(0, 0, 1, 1)
    const [red = 255, green = 255, blue = 255, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    return { brightness: (red + green + blue) / 3, alpha }
  })
  expect(light?.brightness).toBeLessThan(80)
  expect(light?.alpha).toBeGreaterThan(64)
})
