/** Results of our own MCP server on the page. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answered, ask, expect, test, unfold } from '../../support/e2e/fixtures'
import type { Scripted } from '../../support/e2e/fixtures'
import { answer } from '../../support/ollama'

type Call = [tool: string, args: object]

const PODS: Call = ['kubectl_get', { resource: 'pods', allNamespaces: true }]
const LOG: Call = ['kubectl_logs', { namespace: 'shop', name: 'deploy/cart' }]
const OBJECT: Call = ['kubectl_describe', { resource: 'deployment', namespace: 'shop', name: 'cart' }]
const MISSING: Call = ['kubectl_get', { resource: 'pods', namespace: 'shpo' }]

/** Opens the page and lets the model make the calls one after the other. */
async function show(page: Page, { url, replay }: Scripted, ...calls: Call[]): Promise<void> {
  replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)), answer.text('That is all.'))
  await page.goto(url)
  await ask(page, 'What is wrong?')
  await answered(page)
  await unfold(page)
  await expect(page.getByTestId('tool-card')).toHaveCount(calls.length)
}

test('a list shows its coverage, begins with the problems and explains them', async ({ page, scripted }) => {
  await show(page, scripted, PODS)
  await expect(page.getByTestId('result-coverage')).toContainText('all of the cluster')
  const table = page.getByTestId('result-table')
  const rows = table.locator('tbody tr')
  await expect(rows.first()).toContainText(/CrashLoopBackOff|ImagePullBackOff|Error/)
  const all = await rows.count()
  await table.getByTestId('table-problems').click()
  const problems = await rows.count()
  await table.getByTestId('table-problems').click()
  // model-32: counted by code above the text.
  await expect(table.getByTestId('row-count')).toHaveText(`${all} rows, ${problems} not ok`)
  await table.getByTestId('table-problems').click()
  expect(problems).toBeGreaterThan(0)
  expect(problems).toBeLessThan(all)
  for (const row of await rows.all()) await expect(row).not.toHaveText(/1\/1\s*Running/)
  await table.getByTestId('table-problems').click()
  await table.getByTestId('table-columns').click()
  await page.getByRole('menuitemcheckbox', { name: 'NODE', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(table.getByRole('columnheader', { name: 'NODE' })).toBeVisible()
})

test('a log names its pod, its container and the run that it is of', async ({ page, scripted }) => {
  await show(page, scripted, LOG)
  await expect(page.getByTestId('result-log')).toContainText(/shop\/cart-\S+ · cart/)
  await expect(page.getByTestId('result-notes')).not.toHaveText('')
})

test('a description begins with the state and has the YAML in a fold', async ({ page, scripted }) => {
  await show(page, scripted, OBJECT)
  const object = page.getByTestId('result-object')
  await expect(object.getByRole('heading').first()).toContainText('shop/cart')
  await expect(object.getByTestId('object-reason')).not.toHaveText('')
  await expect(object).toContainText('Conditions')
  const fold = object.getByTestId('object-yaml')
  if ((await fold.count()) === 0) return
  await fold.click()
  await expect(object).toContainText('apiVersion')
})

test('a namespace that does not exist is an error with near names, and not an empty list', async ({
  page,
  scripted,
}) => {
  await show(page, scripted, MISSING)
  await expect(page.getByTestId('tool-card')).toHaveAttribute('data-status', 'error')
  await expect(page.getByTestId('result-text')).toContainText('shop')
  await expect(page.getByTestId('result-table')).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`results have no serious violation for axe, and fit a phone, ${colorScheme}`, async ({ page, scripted }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 420, height: 900 })
    await show(page, scripted, PODS, LOG, OBJECT, MISSING)
    for (const fold of await page.getByTestId('object-yaml').all()) await fold.click()
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(width).toBeLessThanOrEqual(0)
    // Wide content scrolls inside its container, and nothing is cut off.
    const cut = await page.getByTestId('message-assistant').evaluateAll((messages) =>
      messages.flatMap((message) =>
        [...message.querySelectorAll('*')].flatMap((element) => {
          const isOutside = element.getBoundingClientRect().right > window.innerWidth + 1
          let around = element.parentElement
          while (around && !/auto|scroll/.test(getComputedStyle(around).overflowX)) around = around.parentElement
          return isOutside && !around ? [element.outerHTML.slice(0, 200)] : []
        }),
      ),
    )
    expect(cut).toEqual([])
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' ')}`)).toEqual(
      [],
    )
  })
}
