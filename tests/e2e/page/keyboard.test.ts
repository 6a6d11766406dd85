/** Every control is reached by Tab, or by the arrows of its group. */
import { answer } from '../../support/ollama'
import { answered, ask, expect, prompt, test, unfold } from '../../support/e2e/fixtures'
import { CALLS, WORDS } from '../../support/e2e/calls'
import { unreached } from '../../support/e2e/keyboard'

for (const width of [1400, 420])
  test(`every control is reached by keyboard, ${width} px`, async ({ page, scripted: { url, replay } }) => {
    test.setTimeout(180_000)
    await page.setViewportSize({ width, height: 900 })
    const whole = page.locator('body')
    await page.goto(url)
    await expect(page.getByTestId('empty')).toBeVisible()
    expect(await unreached(whole), 'start page').toEqual([])

    replay.enqueue(...CALLS.map(([tool, args]) => answer.toolCall(tool, args)), answer.text(WORDS))
    await ask(page, 'What is wrong?')
    await answered(page)
    await unfold(page)
    expect(await unreached(whole), 'answer').toEqual([])

    await prompt(page).press('ControlOrMeta+k')
    const palette = page.getByRole('dialog')
    await expect(palette.getByRole('option').first()).toBeVisible()
    expect(await unreached(palette), 'palette').toEqual([])
    await page.keyboard.press('Escape')
    await expect(palette).toHaveCount(0)

    await page.getByTestId('settings').press('Enter')
    await expect(page.getByTestId('settings-sheet')).toBeVisible()
    expect(await unreached(page.getByRole('dialog')), 'settings').toEqual([])
  })

test('every control of a change that waits, and of an object, is reached by keyboard', async ({
  page,
  approving: { url, replay },
}) => {
  replay.enqueue(
    answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
    answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 14 }),
  )
  await page.goto(url)
  await ask(page, 'scale web in shop to 14')
  const card = page.getByTestId('approval-card')
  await expect(card).toBeVisible()
  expect(await unreached(page.locator('main')), 'approval').toEqual([])
  replay.enqueue(answer.text('Left as it is.'))
  await card.getByTestId('decline').press('Enter')
  await card.getByTestId('decline').press('Enter')
  await expect(page.getByText('Left as it is.')).toBeVisible()

  await unfold(page)
  await page.getByTestId('result-table').getByTestId('object-name').first().press('Enter')
  const panel = page.getByTestId('object-panel')
  const tabs = panel.getByRole('tab')
  await expect(tabs.first()).toBeVisible()
  for (let tab = 0; tab < (await tabs.count()); tab++) {
    await expect(tabs.nth(tab)).toHaveAttribute('aria-selected', 'true')
    expect(await unreached(panel), `tab ${tab} of an object`).toEqual([])
    await tabs.nth(tab).focus()
    await page.keyboard.press('ArrowRight')
  }
})
