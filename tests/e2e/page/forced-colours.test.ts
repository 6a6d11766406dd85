/** Forced colours: backgrounds and shadows are gone, and what they told is still in sight. */
import { expect, prompt, test } from '../../support/e2e/fixtures'
import { hasFrame, shapelessButtons } from '../../support/e2e/shape'

for (const colorScheme of ['light', 'dark'] as const)
  test(`lists, palette, panel, settings and attachments have visible edges, ${colorScheme}`, async ({
    page,
    scripted,
  }) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    await page.goto(scripted.url)

    await prompt(page).evaluate((element) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['kind: Pod\n'], 'pod.yaml', { type: 'text/yaml' }))
      element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    const attachments = page.getByTestId('attachments')
    await expect(attachments).toContainText('tokens')
    await expect.poll(() => hasFrame(attachments.getByRole('listitem'))).toBe(true)
    await expect.poll(() => shapelessButtons(page, attachments)).toEqual([])

    await prompt(page).pressSequentially('/')
    const options = page.getByTestId('suggestions').getByRole('option')
    await expect(options.nth(1)).toBeVisible()
    await expect.poll(() => hasFrame(page.getByTestId('suggestions'))).toBe(true)
    await expect.poll(() => hasFrame(options.first())).toBe(true)
    await expect.poll(() => hasFrame(options.nth(1))).toBe(false)
    await page.keyboard.press('Backspace')

    await page.keyboard.press('ControlOrMeta+k')
    const palette = page.getByRole('dialog')
    await palette.getByRole('textbox').fill('cart')
    const found = palette.getByRole('option')
    await expect(found.first()).toHaveAttribute('data-highlighted')
    await expect.poll(() => hasFrame(palette)).toBe(true)
    await expect.poll(() => hasFrame(found.first())).toBe(true)
    await expect.poll(() => hasFrame(found.nth(1))).toBe(false)
    await expect.poll(() => shapelessButtons(page, palette)).toEqual([])
    await found.filter({ hasText: 'Deployment' }).click()

    const panel = page.getByTestId('object-panel')
    await expect(panel.getByTestId('object-overview')).toBeVisible()
    const tabs = panel.getByRole('tab')
    const frames = () =>
      tabs.evaluateAll((all) => new Set(all.map((each) => getComputedStyle(each).borderTopWidth)).size)
    await expect.poll(frames).toBeGreaterThan(1)
    await expect.poll(() => shapelessButtons(page, panel)).toEqual([])
    await page.getByTestId('object-close').click()

    await page.getByTestId('settings').click()
    const sheet = page.getByTestId('settings-sheet')
    await expect.poll(() => shapelessButtons(page, sheet)).toEqual([])
    const [wrap, live] = [page.getByTestId('setting-wrap'), page.getByTestId('setting-live')]
    const colours = await Promise.all(
      [wrap, live].map((each) => each.evaluate((element) => getComputedStyle(element).backgroundColor)),
    )
    expect(colours[0]).toBe(colours[1])
    await wrap.click()
    const colourOf = () => wrap.evaluate((element) => getComputedStyle(element).backgroundColor)
    await expect.poll(colourOf).not.toBe(colours[1])
    // The thumb stands out of both.
    for (const toggle of [wrap, live]) {
      const thumb = toggle.locator('[data-slot="thumb"]')
      const [own, behind] = [
        await thumb.evaluate((element) => getComputedStyle(element).backgroundColor),
        await toggle.evaluate((element) => getComputedStyle(element).backgroundColor),
      ]
      expect(own).not.toBe(behind)
    }
    await page.getByTestId('setting-density').click()
    const choices = page.getByRole('listbox')
    await expect(choices.getByRole('option').first()).toBeVisible()
    await expect.poll(() => hasFrame(choices)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await expect(choices.locator('[data-highlighted]')).toHaveCount(1)
    await expect.poll(() => hasFrame(choices.locator('[data-highlighted]'))).toBe(true)
  })
