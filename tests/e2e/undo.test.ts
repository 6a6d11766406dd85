/** What can be taken back: a deleted conversation, an edited question, an answer that was replaced. */
import type { Page } from '@playwright/test'
import { answer } from '../support/ollama'
import { answered, ask, expect, prompt, test } from '../support/e2e/fixtures'
import type { Scripted } from '../support/e2e/fixtures'

const item = (page: Page) => page.getByTestId('conversation-item')

async function remove(page: Page): Promise<void> {
  await item(page).first().hover()
  await item(page).first().getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(item(page)).toHaveCount(0)
}

/** Keys of the conversations whose messages the browser keeps. */
function keptIds(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('k8s-ai-assistant')
        opening.onsuccess = () => {
          const counting = opening.result.transaction('messages').objectStore('messages').count()
          counting.onsuccess = () => resolve(counting.result)
        }
      }),
  )
}

/** Begins a conversation that the browser keeps, on a clock of the test. */
async function beginKept(page: Page, { url, replay }: Scripted): Promise<void> {
  await page.clock.install()
  replay.enqueue(answer.text('First answer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await page.clock.runFor(1000)
  await answered(page)
  await expect.poll(() => keptIds(page)).toBe(1)
}

test('a deleted conversation comes back with its answers', async ({ page, scripted: { url, replay } }) => {
  replay.enqueue(answer.text('First answer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  await remove(page)
  await expect(page.getByTestId('empty')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item(page)).toHaveCount(1)
  await expect(page.getByTestId('message-assistant')).toContainText('First answer.')
})

test('a deleted conversation comes back as long as its offer is held in sight', async ({ page, scripted }) => {
  await beginKept(page, scripted)
  await remove(page)
  const undo = page.getByRole('button', { name: 'Undo' })
  await undo.hover()
  await page.clock.runFor(20_000)
  await undo.click()
  await expect(page.getByTestId('message-assistant')).toContainText('First answer.')
  await remove(page)
  await page.mouse.move(0, 0)
  await page.clock.runFor(20_000)
  await expect(undo).toHaveCount(0)
  await expect.poll(() => keptIds(page)).toBe(0)
})

test('a deleted conversation is gone for good after ten seconds, also over a reload', async ({ page, scripted }) => {
  await beginKept(page, scripted)
  const address = page.url()
  await remove(page)
  // As a reload before the address has changed.
  await page.goto('about:blank')
  await page.goto(address)
  await expect(page.getByTestId('empty')).toBeVisible()
  await expect(item(page)).toHaveCount(0)
  expect(await keptIds(page)).toBe(1)
  await page.clock.setSystemTime(Date.now() + 60_000)
  await page.reload()
  await expect(prompt(page)).toBeVisible()
  await expect.poll(() => keptIds(page)).toBe(0)
})

test('a question in a conversation that another tab deleted brings it back', async ({
  page,
  context,
  scripted: { url, replay },
}) => {
  replay.enqueue(answer.text('First answer.'), answer.text('Second answer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  const other = await context.newPage()
  await other.clock.install()
  await other.goto(url)
  await remove(other)
  await expect(item(page)).toHaveCount(0)
  await ask(page, 'again')
  await expect(page.getByTestId('message-assistant')).toHaveText([/First answer/, /Second answer/])
  await expect(item(page)).toHaveCount(1)
  await expect(item(other)).toHaveCount(1)
  await other.clock.runFor(11_000)
  await expect.poll(() => keptIds(page)).toBe(1)
  await page.reload()
  await expect(page.getByTestId('message-assistant')).toHaveText([/First answer/, /Second answer/])
})

test('an edit says what it drops, and can be taken back', async ({ page, scripted: { url, replay } }) => {
  replay.enqueue(...['One.', 'Two.', 'Three.', 'Four.'].map((text) => answer.text(text)))
  await page.goto(url)
  for (const question of ['first', 'second', 'third']) {
    await ask(page, question)
    await answered(page)
  }
  await page.getByTestId('message-user').first().hover()
  await page.getByTestId('edit').first().click()
  const drops = page.getByTestId('edit-drops')
  await expect(drops).toHaveText('Sending it again drops its answer and the 2 questions after it, with their answers.')
  expect(await drops.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(14)
  await page.getByRole('textbox', { name: 'Edit your question' }).fill('other')
  await page.getByTestId('resend').click()
  await expect(page.getByTestId('message-assistant')).toHaveText(/Four\./)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByTestId('message-user')).toHaveCount(3)
  await expect(page.getByTestId('message-assistant').last()).toContainText('Three.')
  await page.reload()
  await expect(page.getByTestId('message-user')).toHaveCount(3)
})

test('another answer keeps the one before it', async ({ page, scripted: { url, replay } }) => {
  replay.enqueue(answer.text('First.'), answer.text('Second.'), answer.text('Third.'))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  await page.getByTestId('regenerate').click()
  const message = page.getByTestId('message-assistant')
  await expect(message).toContainText('Second.')
  await answered(page)
  await expect(page.getByTestId('versions')).toContainText('2 of 2')
  await page.getByTestId('version-earlier').click()
  await expect(message).toContainText('First.')
  await expect(message).not.toContainText('Second.')
  await page.reload()
  await expect(message).toContainText('Second.')
  await page.getByTestId('version-earlier').click()
  await expect(message).toContainText('First.')
  await ask(page, 'and now?')
  await answered(page)
  const asked = JSON.stringify(replay.chats().at(-1)?.messages)
  expect(asked).toContain('Second.')
  expect(asked).not.toContain('First.')
})
