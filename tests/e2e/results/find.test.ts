/** A look into an earlier long result, as the page shows it. */
import type { Page } from '@playwright/test'
import { startApp } from '../../support/app'
import { answered, expect, test as base } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'
import type { Rule } from '../../support/ollama'

/** Lists all pods, looks for the broken ones in the result, and answers. */
const look: Rule = ({ messages }) => {
  const results = messages.filter(({ role }) => role === 'tool')
  const id = /find \{"id":"(\w+)"\}/.exec(results.at(-1)?.content ?? '')?.[1]
  if (results.length === 0) return answer.toolCall('kubectl_get', { resource: 'pods' })
  if (results.length > 1) return answer.text('They are in the second table.')
  return answer.toolCall('find', { id: id ?? 'none', where: 'health=bad', countBy: 'status' })
}

const test = base.extend<{ url: string }>({
  url: async ({ browserName: _ }, use) => {
    const replay = await startReplayServer({ contextLength: 4096 })
    replay.onRequest(look)
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, SHUTDOWN_GRACE_SECONDS: '0' })
    await use(app.url)
    await app.stop()
    await replay.close()
  },
})

async function found(page: Page, url: string, question: string) {
  await page.goto(url)
  const prompt = page.getByRole('textbox', { name: /Your question|Câu hỏi của bạn/ })
  await prompt.fill(question)
  await prompt.press('Enter')
  await answered(page)
  return page.getByTestId('tool-card').last()
}

test('shows the rows that match as a table, with what they are a part of', async ({ page, url }) => {
  const card = await found(page, url, 'Which pods are broken?')
  await expect(card).toContainText('find')
  await expect(card.getByRole('table')).toContainText('CrashLoopBackOff')
  await expect(card).toContainText('The cluster was not read again')
})

test.describe('in Vietnamese', () => {
  test.use({ locale: 'vi-VN' })

  test('says the same', async ({ page, url }) => {
    const card = await found(page, url, 'Pod nào bị lỗi?')
    await expect(card).toContainText('Cluster không được đọc lại')
  })
})
