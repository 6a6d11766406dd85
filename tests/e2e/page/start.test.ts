/** A new conversation: what needs attention now, and one message for each cause of a failure. */
import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { freePort, startApp } from '../../support/app'
import { answered, ask, expect, test } from '../../support/e2e/fixtures'
import { expectAccessible } from '../../support/e2e/axe'
import { kubeconfigText } from '../../support/cluster/kubeconfig'
import { answer, startReplayServer } from '../../support/ollama'

const findings = (page: Page) => page.getByTestId('start-finding')

test('begins with what is unhealthy now, and asks about it at a press', async ({ page, scripted }) => {
  const { url, replay } = scripted
  const before = replay.chats().length
  await page.goto(url)
  await expect(page).toHaveTitle('K8s AI Assistant')
  await expect(page.getByTestId('empty').getByRole('heading', { level: 2 })).toHaveText(/\d+ problems in demo/)
  const first = findings(page).first()
  const name = (await first.locator('.font-mono').first().innerText()).split('/').at(-1)
  expect(name).toBeDefined()
  await expect(page.getByTestId('suggestion').first()).toContainText(`What is wrong with`)
  await expect(page.getByTestId('suggestion').first()).toContainText(String(name))
  await expectAccessible(page)
  await first.getByRole('button').first().click()
  await expect(first.getByTestId('finding-next')).toBeVisible()
  await expectAccessible(page)
  expect(replay.chats()).toHaveLength(before)
  replay.enqueue(answer.text('Its image cannot be pulled.'))
  await first.getByTestId('start-ask').click()
  await expect(page.getByTestId('message-user')).toContainText(String(name))
  await answered(page)
})

test('shows the findings of the chosen namespace alone', async ({ page, scripted }) => {
  await page.goto(scripted.url)
  await expect(findings(page).filter({ hasText: 'payments/' }).first()).toBeVisible()
  await page.getByTestId('scope-namespace').click()
  await page.getByRole('option', { name: 'shop' }).click()
  await expect(page.getByTestId('empty').getByRole('heading', { level: 2 })).toContainText('shop')
  await expect(findings(page).first()).toContainText('shop/')
  await expect(findings(page).filter({ hasText: 'payments/' })).toHaveCount(0)
})

test('is of use while the model server is down, with one message for it', async ({ page }) => {
  const app = await startApp({ OLLAMA_BASE_URL: `http://127.0.0.1:${await freePort()}`, MODEL_BUSY_SECONDS: '0' })
  try {
    await page.goto(app.url)
    await expect(findings(page).first()).toBeVisible()
    const alert = page.getByTestId('health-alert')
    await expect(alert.getByRole('listitem')).toHaveCount(1)
    await expect(alert).toContainText('The model does not answer.')
    await expectAccessible(page)
    // The smallest window of a model that nobody has reached says nothing.
    await expect(page.locator('body')).not.toContainText(/4[.,]?096/)
    await findings(page).first().getByRole('button').first().click()
    await expect(page.getByTestId('finding-next')).toBeVisible()
    const reason = (await alert.innerText()).replace('The model does not answer.', '').trim()
    await ask(page, 'Why?')
    await expect(page.getByTestId('chat-error')).toHaveAttribute('data-code', 'model-unreachable')
    await expect(page.getByText(reason)).toHaveCount(1)
    await expect(page.getByTestId('notice')).toHaveCount(0)
  } finally {
    await app.stop()
  }
})

test('without a cluster it reports that once, and is accessible in both themes', async ({ page }, info) => {
  const kubeconfig = info.outputPath('kubeconfig')
  const server = `https://127.0.0.1:${await freePort()}`
  await writeFile(kubeconfig, kubeconfigText([{ context: 'gone', server }]))
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: kubeconfig })
  try {
    await page.goto(app.url)
    await expect(page.getByTestId('health-alert').getByRole('listitem')).toHaveCount(1)
    await expect(page.getByTestId('suggestion').first()).toBeVisible()
    await expect(findings(page)).toHaveCount(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  } finally {
    await app.stop()
    await replay.close()
  }
})

for (const [what, state, expected] of [
  ['an unknown model', { model: 'gpt-oss:20b' }, /qwen9:1b/],
  ['a model without tools', { model: 'qwen9:1b', capabilities: ['completion'] }, /tools/],
] as const)
  test(`${what} is reported once, before the first question`, async ({ page }) => {
    const replay = await startReplayServer({
      ...state,
      capabilities: [...('capabilities' in state ? state.capabilities : ['completion', 'tools'])],
    })
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, OLLAMA_MODEL: 'qwen9:1b' })
    try {
      await page.goto(app.url)
      const alert = page.getByTestId('health-alert')
      await expect(alert.getByRole('listitem')).toHaveCount(1)
      await expect(alert).toContainText(expected)
      // Not the model that has just failed.
      await expect(alert).not.toContainText(/(recommend|example|such as)[^.]*qwen9:1b/i)
      await expect(page.locator('body')).not.toContainText(/4[.,]?096/)
      await expect(findings(page).first()).toBeVisible()
    } finally {
      await app.stop()
      await replay.close()
    }
  })
