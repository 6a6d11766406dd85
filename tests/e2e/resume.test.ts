import type { Page } from '@playwright/test'
import { answer, createGate } from '../support/ollama'
import { answered, ask, expect, test } from '../support/e2e/fixtures'

const message = (page: Page) => page.getByTestId('message-assistant')

test('a reload in mid-answer resumes the answer: complete, once, and asked for once', async ({ page, scripted }) => {
  const { url, replay } = scripted
  const [gate, asked] = [createGate(), replay.chats().length]
  replay.enqueue(answer.text('Half an ans').hold(gate).text('wer, and the rest.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  await expect(page.getByTestId('conversation-item')).toHaveCount(1)
  await page.reload()
  await expect(message(page)).toContainText('Half an ans')
  await expect(page.getByTestId('stop')).toBeVisible()
  gate.release()
  await expect(message(page)).toContainText('Half an answer, and the rest.')
  await answered(page)
  await expect(message(page)).toHaveCount(1)
  expect((await message(page).innerText()).match(/Half an/g)).toHaveLength(1)
  await page.reload()
  await expect(message(page)).toContainText('Half an answer, and the rest.')
  await expect(page.getByTestId('chat-error')).toHaveCount(0)
  expect(replay.chats().length - asked).toBe(1)
})

test('a reload before the first word finds the question being answered', async ({ page, scripted }) => {
  const { url, replay } = scripted
  const [gate, asked] = [createGate(), replay.chats().length]
  replay.enqueue(answer.hold(gate).text('Here it is.'))
  await page.goto(url)
  await ask(page, 'hello')
  await gate.reached
  await page.reload()
  await expect(page.getByTestId('message-user')).toHaveText(/hello/)
  await expect(page.getByTestId('waiting')).toBeVisible()
  gate.release()
  await expect(message(page)).toContainText('Here it is.')
  await answered(page)
  await expect(page.getByTestId('message-user')).toHaveCount(1)
  expect(replay.chats().length - asked).toBe(1)
})

test('Stop works after a reload, and ends the turn at the model', async ({ page, scripted }) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('Half an ans').hold(createGate()))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
  await page.reload()
  await page.getByTestId('stop').click()
  expect((await asking?.closed)?.complete).toBe(false)
  await expect(message(page)).toContainText('Half an ans')
  await expect(page.getByTestId('ending')).toBeVisible()
})

test('a deleted conversation ends its answer at the model', async ({ page, scripted }) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('Half an ans').hold(createGate()))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
  await page.getByTestId('conversation-item').hover()
  await page.getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  expect((await asking?.closed)?.complete).toBe(false)
})

test("a tab that was left open continues with another tab's question, and removes none of it", async ({
  page,
  context,
  scripted,
}) => {
  const { url, replay } = scripted
  const asked = replay.chats().length
  replay.enqueue(answer.text('First answer.'), answer.text('Second answer.'), answer.text('Third answer.'))
  await page.goto(url)
  await ask(page, 'one')
  await answered(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(message(other)).toHaveCount(1)
  await ask(page, 'two')
  for (const tab of [page, other]) await expect(message(tab).last()).toContainText('Second answer.')
  await answered(other)
  await ask(other, 'three')
  for (const tab of [page, other]) {
    await expect(message(tab).last()).toContainText('Third answer.')
    await expect(message(tab)).toHaveCount(3)
    await expect(tab.getByTestId('chat-error')).toHaveCount(0)
  }
  await answered(page)
  await page.reload()
  await expect(message(page)).toHaveCount(3)
  expect(replay.chats().length - asked).toBe(3)
})

test('two tabs show the same answer as it is written', async ({ page, context, scripted }) => {
  const { url, replay } = scripted
  const [gate, asked] = [createGate(), replay.chats().length]
  replay.enqueue(answer.text('Half an ans').hold(gate).text('wer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(message(other)).toContainText('Half an ans')
  gate.release()
  for (const tab of [page, other]) {
    await expect(message(tab)).toContainText('Half an answer.')
    await expect(message(tab)).toHaveCount(1)
  }
  expect(replay.chats().length - asked).toBe(1)
})
