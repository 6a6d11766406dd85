/** The settings of a user. */
import type { Page } from '@playwright/test'
import { expect, test } from '../../support/e2e/fixtures'
import { expectAccessible } from '../../support/e2e/axe'

const sheet = (page: Page) => page.getByTestId('settings-sheet')

test('settings are opened, changed and closed by keyboard, and stay over a reload', async ({ page, scripted }) => {
  await page.goto(scripted.url)
  await page.getByTestId('settings').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1)
  const choose = async (setting: string, option: string) => {
    await page.getByTestId(setting).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: option })).toBeVisible()
    await page.getByRole('option', { name: option }).press('Enter')
    await expect(page.getByTestId(setting)).toContainText(option)
    // A closing list gives the focus back.
    await expect(page.getByTestId(setting)).toBeFocused()
  }
  await choose('setting-theme', 'Dark')
  await expect(page.locator('html')).toHaveClass(/dark/)
  await choose('setting-density', 'Compact')
  await choose('setting-times', 'UTC')
  for (const toggle of ['setting-wrap', 'setting-live']) {
    await page.getByTestId(toggle).focus()
    await expect(page.getByTestId(toggle)).toBeFocused()
    await page.keyboard.press('Space')
    await expect(page.getByTestId(toggle)).toBeChecked()
  }
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(sheet(page)).toHaveCount(0)
  await expect(page.getByTestId('settings')).toBeFocused()
  await page.reload()
  await page.getByTestId('settings').click()
  await expect(page.getByTestId('setting-theme')).toContainText('Dark')
  await expect(page.getByTestId('setting-density')).toContainText('Compact')
  await expect(page.getByTestId('setting-times')).toContainText('UTC')
  await expect(page.getByTestId('setting-wrap')).toBeChecked()
  await expect(page.getByTestId('setting-live')).toBeChecked()
})

test('a stored setting that nobody knows leaves the others as they are', async ({ page, scripted }) => {
  await page.addInitScript(() =>
    localStorage.setItem(
      'k8s-ai-assistant:settings',
      JSON.stringify({ density: 'tiny', times: 'utc', language: 'xx' }),
    ),
  )
  await page.goto(scripted.url)
  await page.getByTestId('settings').click()
  await expect(page.getByTestId('setting-density')).toContainText('Comfortable')
  await expect(page.getByTestId('setting-times')).toContainText('UTC')
  await expect(page.getByTestId('setting-language')).toContainText('As the browser')
})

for (const width of [1400, 420])
  test(`settings have no serious violation for axe, ${width} px`, async ({ page, scripted }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(scripted.url)
    await page.getByTestId('settings').click()
    await expect(sheet(page)).toBeVisible()
    await expectAccessible(page)
    const cut = await sheet(page).evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(cut).toBeLessThanOrEqual(0)
  })
