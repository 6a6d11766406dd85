import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answered, ask, expect, test } from '../support/e2e/fixtures'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' ')}`)).toEqual([])
}

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
