import { execFileSync } from 'node:child_process'
import { hasKubectl, testKubeconfig } from '../support/app'
import { answered, ask, expect, prompt, test, unfold } from '../support/e2e/fixtures'

test("shows all pods as the cluster's own table, with the call that read them", async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods')
  await answered(page)
  const card = page.getByTestId('tool-card')
  await expect(card).toContainText('kubectl_get')
  await expect(card.getByTestId('tool-status')).toHaveText('OK')
  const table = card.getByTestId('result-table')
  for (const column of ['NAMESPACE', 'NAME', 'READY', 'STATUS']) await expect(table).toContainText(column)
  await expect(table).toContainText('CrashLoopBackOff')
  await expect(page.getByTestId('message-assistant')).toContainText(/\d+ pods/)
})

test('has the rows that kubectl prints', async ({ page, demoUrl }) => {
  test.skip(!testKubeconfig || !hasKubectl(), 'TEST_KUBECONFIG names no cluster, or there is no kubectl')
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods in namespace shop')
  await answered(page)
  const printed = execFileSync(
    'kubectl',
    ['--kubeconfig', testKubeconfig ?? '', 'get', 'pods', '-n', 'shop', '--no-headers'],
    { encoding: 'utf8' },
  )
  const rows = page.getByTestId('result-table').locator('tbody tr', { hasText: /\d\/\d/ })
  await expect(rows).toHaveCount(printed.trimEnd().split('\n').length)
  for (const line of printed.trimEnd().split('\n')) {
    const [name = '', ready = '', status = ''] = line.split(/\s{2,}/)
    const row = rows.filter({ hasText: name })
    await expect(row).toContainText(ready)
    await expect(row).toContainText(status)
  }
})

test('sorts, filters and copies a table as CSV', async ({ page, context, demoUrl }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods')
  await answered(page)
  const table = page.getByTestId('result-table')
  await table.getByRole('searchbox', { name: 'Filter rows' }).fill('CrashLoop')
  const rows = table.locator('tbody tr', { hasText: /\d\/\d/ })
  await expect(rows.first()).toContainText('CrashLoopBackOff')
  await expect(table.getByText('Running')).toHaveCount(0)
  await table
    .getByRole('button', { name: /NAME\b/ })
    .last()
    .click()
  await table.getByTestId('copy-csv').click()
  const csv = await page.evaluate(() => navigator.clipboard.readText())
  expect(csv).toMatch(/^NAMESPACE,NAME,READY,STATUS/)
  expect(csv).toContain('CrashLoopBackOff')
})

test('shows the logs of a crashing pod, searched and with levels', async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  await ask(page, 'What is wrong in namespace shop?')
  await answered(page)
  await unfold(page)
  const log = page.getByTestId('result-log').first()
  await expect(log).toContainText(/redis/)
  await log.getByRole('searchbox', { name: 'Search the log' }).fill('redis')
  await expect(log.getByTestId('log-hits')).toHaveText(/^(\d+) of \1$/)
  const download = page.waitForEvent('download')
  await log.getByTestId('log-download').click()
  expect((await download).suggestedFilename()).toMatch(/cart.*\.log$/)
})

test('answers in Vietnamese', async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  await ask(page, 'Liệt kê tất cả các pod')
  await answered(page)
  await expect(page.getByTestId('result-table')).toContainText('CrashLoopBackOff')
})

test('keeps conversations over a reload, renames and deletes them', async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods')
  await answered(page)
  await page.reload()
  await expect(page.getByTestId('result-table')).toContainText('CrashLoopBackOff')
  await ask(page, 'list services')
  await answered(page)
  await expect(page.getByTestId('tool-card')).toHaveCount(2)
  await page.getByTestId('new-conversation').click()
  await expect(page.getByTestId('empty')).toBeVisible()
  const item = page.getByTestId('conversation-item')
  await item.first().hover()
  await item.first().getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'New title' }).fill('My pods')
  await page.keyboard.press('Enter')
  await expect(item.filter({ hasText: 'My pods' })).toHaveCount(1)
  await item.filter({ hasText: 'My pods' }).hover()
  await item.filter({ hasText: 'My pods' }).getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(item.filter({ hasText: 'My pods' })).toHaveCount(0)
})

test('keeps the draft over a reload', async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  await prompt(page).fill('half a quest')
  await expect(async () => {
    await page.reload()
    await expect(prompt(page)).toHaveValue('half a quest', { timeout: 1000 })
  }).toPass()
})

test('keeps the drafts of two tabs', async ({ page, context, demoUrl }) => {
  const other = await context.newPage()
  for (const tab of [page, other]) {
    await tab.goto(demoUrl)
    await ask(tab, 'hello')
    await answered(tab)
  }
  await prompt(page).fill('in the first tab')
  await prompt(other).fill('in the second tab')
  await page.reload()
  await expect(prompt(page)).toHaveValue('in the first tab')
  await other.reload()
  await expect(prompt(other)).toHaveValue('in the second tab')
  await page.getByTestId('settings').click()
  await page.getByTestId('setting-density').click()
  await page.getByRole('option', { name: 'Compact' }).click()
  await other.getByTestId('settings').click()
  await expect(other.getByTestId('setting-density')).toContainText('Compact')
})

test("shows model, MCP server, cluster and window, and marks the demo's", async ({ page, demoUrl }) => {
  await page.goto(demoUrl)
  const status = page.getByTestId('status-line')
  await expect(status.getByTestId('status-model')).toContainText('demo-rules')
  const { mcp } = await (await fetch(`${demoUrl}/health`)).json()
  expect(mcp.tools).toBeGreaterThan(5)
  await expect(status.getByTestId('status-mcp')).toContainText(`${mcp.tools} tools`)
  if (!testKubeconfig) await expect(status.getByTestId('status-cluster')).toContainText(/demo/i)
  await expect(status.getByTestId('status-window')).toContainText(/k tokens/)
})

test('sends text that was typed before the conversation was loaded from the browser', async ({ page, demoUrl }) => {
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (...args) {
      const opening = open.apply(this, args)
      const opened = Promise.withResolvers<undefined>()
      opening.addEventListener('success', () => setTimeout(opened.resolve, 1500))
      return new Proxy(opening, {
        get: (target, key) => Reflect.get(target, key),
        set: (target, key, value) => {
          if (key === 'onsuccess') void opened.promise.then(value)
          else Reflect.set(target, key, value)
          return true
        },
      })
    }
  })
  await page.goto(demoUrl)
  await ask(page, 'Show me all pods')
  await answered(page)
  await expect(prompt(page)).toHaveValue('')
})
