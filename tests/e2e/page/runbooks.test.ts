/** The operator's runbooks: found in the list and the palette, run without the model. */
import { writeFile } from 'node:fs/promises'
import { startApp } from '../../support/app'
import { expectAccessible } from '../../support/e2e/axe'
import { answered, ask, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'

const FILE = `
runbooks:
  - name: cart-down
    title: { en: Cart does not answer, vi: Cart không phản hồi }
    arguments: [namespace]
    text: |
      **Call the database team** first. <img src="x" onerror="document.title='broken'">
    steps:
      - /pods {namespace}
      - /logs deployment/cart -n {namespace}
    ask: Why does cart in {namespace} not answer?
`

test('a runbook shows the text of the operator and each step, then asks the model', async ({ page }, info) => {
  const file = info.outputPath('runbooks.yaml')
  await writeFile(file, FILE)
  const replay = await startReplayServer({ contextLength: 32_768 })
  const fast = { SHUTDOWN_GRACE_SECONDS: '0', MODEL_BUSY_SECONDS: '0' }
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, RUNBOOKS_FILE: file, ...fast })
  const steps = page
    .getByTestId('message-assistant')
    .filter({ has: page.getByTestId('runbook') })
    .last()
  try {
    await page.goto(app.url)
    await prompt(page).pressSequentially('/cart-')
    const option = page.getByRole('option')
    await expect(option).toHaveText(/\/cart-down\s*Cart does not answer\s*Runbook\s*namespace/)
    await page.keyboard.press('Enter')
    await page.keyboard.type('sh')
    await expect(option).toContainText('shop')
    await page.keyboard.press('Escape')
    await prompt(page).fill('/cart-down')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('command-usage')).toContainText('/cart-down namespace')
    await prompt(page).fill('/cart-down shop --all-namespaces')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('command-usage')).toContainText('/cart-down namespace')
    expect(replay.chats()).toEqual([])

    replay.enqueue(answer.text('It has no database.'))
    await ask(page, '/cart-down shop')
    await expect(page.getByText('It has no database.')).toBeVisible()
    await answered(page)
    await expect(steps.getByTestId('runbook').locator('strong')).toHaveText('Call the database team')
    await expect(steps.getByTestId('runbook').locator('img')).toHaveCount(0)
    await expect(page).not.toHaveTitle(/broken/)
    await expect(steps.getByTestId('answer-caption')).toContainText('without the model')
    await expect(steps.getByTestId('tool-card')).toHaveCount(2)
    await expect(steps.getByTestId('result-table')).toContainText('CrashLoopBackOff')
    await expect(steps.getByTestId('result-log')).toBeVisible()
    const asked = JSON.stringify(replay.chats().at(-1)?.messages)
    expect(asked).toContain('Why does cart in shop not answer?')
    expect(asked).toContain('CrashLoopBackOff')
    await expectAccessible(page)

    await replay.close()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('dialog').getByRole('textbox').fill('/cart-down nowhere')
    await page.getByTestId('palette').getByRole('option', { name: '/cart-down nowhere' }).click()
    await expect(page.getByTestId('chat-error')).toHaveAttribute('data-code', 'model-unreachable')
    await expect(steps.getByTestId('tool-card')).toHaveCount(2)
    // The failed step is shown, and the next one was read all the same.
    for (const card of await steps.getByTestId('tool-card').all()) {
      await expect(card).toHaveAttribute('data-status', 'error')
      await expect(card).toContainText('nowhere')
    }
    await page.reload()
    await expect(steps.getByTestId('runbook')).toContainText('Cart does not answer')
  } finally {
    await app.stop()
    await replay.close()
  }
})
