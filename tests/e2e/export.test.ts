/** A conversation as a file, and the command behind each read. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { answered, ask, expect, prompt, test } from '../support/e2e/fixtures'
import { answer } from '../support/ollama'

async function saved(page: Page, choose: () => Promise<void>): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download')
  await choose()
  const download = await waiting
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

async function fromMenu(page: Page, name: string): Promise<void> {
  await page.getByTestId('conversation-item').first().hover()
  await page.getByTestId('conversation-actions').first().click()
  await page.getByRole('menuitem', { name }).click()
}

test('an incident is exported with questions, commands, tables with their time, and approvals', async ({
  page,
  approving: { url, replay },
}) => {
  replay.enqueue(
    answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
    answer.text('The cart restarts.'),
    answer.toolCall('kubectl_scale', { resource: 'deployment', name: 'web', namespace: 'shop', replicas: 5 }),
    answer.text('It stays as it is.'),
  )
  await page.goto(url)
  await ask(page, 'What is wrong in shop?')
  await answered(page)
  await expect(page.getByTestId('tool-command')).toContainText('kubectl get pods -n shop')
  await ask(page, 'Scale web to 5')
  const decline = page.getByTestId('approval-card').getByRole('button', { name: 'Decline' })
  await decline.click()
  // A second time, below the reason, which is optional.
  await decline.click()
  await expect(page.getByText('It stays as it is.')).toBeVisible()
  await answered(page)

  const document = await saved(page, () => fromMenu(page, 'Export as Markdown'))
  expect(document.name).toMatch(/^What-is-wrong-in-shop.*\.md$/)
  for (const part of [
    '## What is wrong in shop?',
    'kubectl get pods -n shop',
    /^As of \d{4}-\d\d-\d\dT/m,
    /^\| cart-\S+ \|.*CrashLoopBackOff.*\|$/m,
    'The cart restarts.',
    /^- Change: .*web/m,
    '- Approval: declined',
  ])
    expect(document.text).toMatch(part instanceof RegExp ? part : new RegExp(part.replace(/[?|.]/g, '\\$&')))

  const data = await saved(page, async () => {
    await prompt(page).press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('textbox').fill('json')
    await page.keyboard.press('Enter')
  })
  const { turns } = JSON.parse(data.text)
  expect(turns).toHaveLength(2)
  expect(turns[0].calls[0]).toMatchObject({ tool: 'kubectl_get', status: 'ok', result: { kind: 'table' } })
  expect(turns[1].calls[0].approval.answer).toBe('declined')
})
