/** ⌘K: conversations by full text, objects, commands and settings; and the sheet of keys. */
import type { Page } from '@playwright/test'
import { answered, ask, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer } from '../../support/ollama'

const search = (page: Page) => page.getByRole('dialog').getByRole('textbox')
const row = (page: Page) => page.getByTestId('palette').getByRole('option')

/** Keeps conversations of an earlier visit, one of them with a word in its answer. */
async function keepMany(page: Page, count: number): Promise<void> {
  await page.evaluate(async (many) => {
    const entries = Array.from({ length: many }, (_, at) => ({
      id: `c${at}`,
      title: `Pods ${at}`,
      createdAt: at,
      updatedAt: at,
    }))
    localStorage.setItem('k8s-ai-assistant:conversations', JSON.stringify(entries))
    const opening = indexedDB.open('k8s-ai-assistant')
    await new Promise((resolve) => {
      opening.onupgradeneeded = () => opening.result.createObjectStore('messages')
      opening.onsuccess = resolve
    })
    const transaction = opening.result.transaction('messages', 'readwrite')
    for (const { id } of entries) {
      const text = id === 'c7' ? 'Pod cart gặp lỗi khi khởi động.' : 'All is well.'
      const parts = [{ type: 'text', text, state: 'done' }]
      const messages = [
        { id: `${id}q`, role: 'user', parts: [{ type: 'text', text: 'Pods?' }] },
        { id: `${id}a`, role: 'assistant', parts, metadata: { finishReason: 'stop' } },
      ]
      transaction.objectStore('messages').put(messages, id)
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve))
    opening.result.close()
  }, count)
  await page.reload()
}

test('one of 600 conversations is found by a word of its answer, without diacritics, and opened by Enter', async ({
  page,
  scripted: { url },
}) => {
  await page.goto(url)
  await keepMany(page, 600)
  await prompt(page).press('ControlOrMeta+k')
  await expect(search(page)).toBeFocused()
  expect(await row(page).count()).toBeLessThanOrEqual(50)
  await search(page).fill('loi')
  const hit = row(page).filter({ hasText: 'gặp lỗi khi khởi động' })
  await expect(hit).toHaveCount(1, { timeout: 20_000 })
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('message-assistant')).toContainText('gặp lỗi')
  await expect(prompt(page)).toBeFocused()
  expect(await page.getByTestId('conversation-item').count()).toBeLessThanOrEqual(50)
})

test('arrows choose, and a command is run from the palette', async ({ page, scripted: { url, replay } }) => {
  const before = replay.chats().length
  await page.goto(url)
  await page.keyboard.press('Escape')
  await prompt(page).press('ControlOrMeta+k')
  await search(page).fill('nodes')
  await expect(row(page).filter({ hasText: '/nodes' })).toBeVisible()
  while (!((await row(page).filter({ hasText: '/nodes' }).getAttribute('data-highlighted')) !== null))
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await answered(page)
  await expect(page.getByTestId('result-table')).toContainText('Ready')
  expect(replay.chats()).toHaveLength(before)
})

test('an object is found by its name and opened', async ({ page, scripted: { url } }) => {
  await page.goto(url)
  await prompt(page).press('ControlOrMeta+k')
  await search(page).fill('cart')
  await row(page).filter({ hasText: 'Deployment · shop' }).first().click()
  await expect(page.getByTestId('palette')).toHaveCount(0)
  await expect(page.getByTestId('object-panel')).toContainText('cart')
  // Its texts are there without a conversation.
  await expect(page.getByTestId('object-overview')).toContainText(/as of \d/)
})

test('a setting is changed from the palette, and ? shows the keys', async ({ page, scripted: { url, replay } }) => {
  replay.enqueue(answer.text('Hello.'))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  await prompt(page).press('ControlOrMeta+k')
  await search(page).fill('dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.getByTestId('message-assistant').click()
  await page.keyboard.press('Shift+?')
  await expect(page.getByTestId('keys')).toContainText('Stop the answer')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('keys')).toHaveCount(0)
})
