import type { Page } from '@playwright/test'
import { OLD_CONVERSATION } from '../support/old-conversation'
import { answer } from '../support/ollama'
import { answered, ask, expect, test, unfold } from '../support/e2e/fixtures'

/** Stores it as the page would. */
async function keep(page: Page, conversation: typeof OLD_CONVERSATION): Promise<void> {
  await page.evaluate(async ({ id, title, messages }) => {
    const entry = { id, title, createdAt: 1, updatedAt: 2 }
    localStorage.setItem('k8s-ai-assistant:conversations', JSON.stringify([entry]))
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('k8s-ai-assistant')
      opening.onupgradeneeded = () => opening.result.createObjectStore('messages')
      opening.onerror = () => reject(new Error('the database cannot be opened'))
      opening.onsuccess = () => {
        const writing = opening.result.transaction('messages', 'readwrite')
        writing.objectStore('messages').put(messages, id)
        writing.oncomplete = () => {
          opening.result.close()
          resolve()
        }
      }
    })
  }, conversation)
}

test('a conversation of a former version opens, and continues', async ({ page, scripted }) => {
  const { url, replay } = scripted
  await page.goto(url)
  await keep(page, OLD_CONVERSATION)
  await page.goto(`${url}/#/${OLD_CONVERSATION.id}`)
  await page.reload()
  await expect(page.getByTestId('message-assistant')).toHaveCount(2)
  await unfold(page)
  const cards = page.getByTestId('tool-card')
  await expect(cards).toHaveCount(6)
  await expect(page.getByTestId('result-table').first()).toContainText('CrashLoopBackOff')
  await expect(page.getByTestId('result-log').first()).toContainText('cannot connect to redis')
  await expect(page.getByTestId('message-assistant').first()).toContainText('cart cannot reach redis.')
  await expect(page.getByTestId('message-assistant').last()).toContainText('web has 5 replicas.')

  replay.enqueue(
    answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
    answer.text('It still crashes.'),
  )
  await ask(page, 'And now?')
  await expect(page.getByTestId('message-assistant').last()).toContainText('It still crashes.')
  await answered(page)
  await expect(page.getByTestId('chat-error')).toHaveCount(0)
  await expect(page.getByTestId('result-about').last()).toBeVisible()
  // The model receives the old tools' results under their old names.
  const posted = JSON.stringify(replay.chats().at(-1)?.messages)
  for (const text of ['pods_list_in_namespace', 'cannot connect to redis', 'tool_of_long_ago', 'web has 5 replicas.'])
    expect(posted).toContain(text)
})
