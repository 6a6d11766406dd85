/** Commands and objects of the prompt: reads of the cluster without the model. */
import type { Request } from '@playwright/test'
import { startApp } from '../../support/app'
import { answered, ask, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer, createGate, startReplayServer } from '../../support/ollama'

test('a command shows a table without a request to the model, which reads it with the next question', async ({
  page,
  scripted: { url, replay },
}) => {
  const before = replay.chats().length
  await page.goto(url)
  await ask(page, '/pods shop')
  await answered(page)
  await expect(page.getByTestId('result-table')).toContainText('CrashLoopBackOff')
  await expect(page.getByTestId('verdict-line').first()).toContainText(/need/)
  await expect(page.getByTestId('answer-caption')).toContainText('without the model')
  expect(replay.chats()).toHaveLength(before)
  replay.enqueue(answer.text('The cart restarts.'))
  await ask(page, 'Which of them restarts?')
  await answered(page)
  expect(JSON.stringify(replay.chats().at(-1)?.messages)).toContain('CrashLoopBackOff')
  await page.reload()
  await expect(page.getByTestId('result-table')).toContainText('CrashLoopBackOff')
})

test('commands work while the model server is down', async ({ page }) => {
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, SHUTDOWN_GRACE_SECONDS: '0' })
  await replay.close()
  await page.goto(app.url)
  for (const [command, kind] of [
    ['/pods shop', 'result-table'],
    ['/logs cart', 'result-log'],
    ['/events', 'result-table'],
    ['/diagnose shop', 'result-findings'],
  ] as const) {
    await page.getByTestId('prompt').fill(command)
    await page.keyboard.press('Enter')
    await answered(page)
    const result = page.getByTestId('message-assistant').last().getByTestId(kind)
    await expect(result).toBeVisible()
    // Its beginning is in sight, however long it and the earlier results are.
    await expect(page.getByTestId('message-user').last()).toBeInViewport({ ratio: 1 })
    await expect(result).toBeInViewport()
  }
  await app.stop()
})

test('a command that a reload breaks off is repeated without the model', async ({
  page,
  scripted: { url, replay },
}) => {
  const before = replay.chats().length
  const gate = createGate()
  const isOurs = (request: Request) => /"shop"/.test(request.postData() ?? '')
  await page.route('**/api/read', async (route) => {
    if (!isOurs(route.request())) return await route.fallback()
    await gate.pass()
    await route.abort().catch(() => undefined)
  })
  await page.goto(url)
  const read = page.waitForRequest(isOurs)
  await ask(page, '/pods shop')
  await read
  await expect(page.getByTestId('message-user')).toBeVisible()
  await page.reload()
  await page.unroute('**/api/read')
  gate.release()
  await page.getByTestId('retry').click()
  await expect(page.getByTestId('result-table')).toContainText('CrashLoopBackOff')
  expect(replay.chats()).toHaveLength(before)
})

test('a command that fails says why, and reads again on request', async ({ page, scripted: { url } }) => {
  await page.goto(url)
  await ask(page, '/pods shpo')
  await answered(page)
  const card = page.getByTestId('tool-card')
  await expect(card).toHaveAttribute('data-status', 'error')
  await expect(card).toContainText('shpo')
  await page.getByRole('button', { name: 'Read again' }).click()
  await answered(page)
  await expect(page.getByTestId('tool-card')).toHaveCount(1)
})

test('a command that lacks its object shows how it is written', async ({ page, scripted: { url } }) => {
  await page.goto(url)
  await ask(page, '/logs')
  await expect(page.getByTestId('command-usage')).toContainText('/logs pod | kind/name')
  await expect(prompt(page)).toHaveValue('/logs')
})

test('commands and their objects are completed by keyboard', async ({ page, scripted: { url } }) => {
  await page.goto(url)
  await prompt(page).pressSequentially('/lo')
  const field = page.getByRole('combobox', { name: 'Your question' })
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  const option = page.getByRole('option')
  await expect(option).toHaveCount(1)
  await expect(field).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id')) ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('prompt')).toHaveValue('/logs ')
  await expect(option.first()).toBeVisible()
  await page.keyboard.type('car')
  await expect(option.first()).toContainText('cart')
  await page.keyboard.press('ArrowDown')
  await expect(option.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('prompt')).toHaveValue(/^\/logs \w+\/cart\S* -n shop $/)
  await page.keyboard.press('Enter')
  await answered(page)
  await expect(page.getByTestId('result-log')).toBeVisible()
})

test('Escape closes the list, and the text is sent as it is', async ({ page, scripted: { url } }) => {
  await page.goto(url)
  await prompt(page).pressSequentially('/pods sh')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(prompt(page)).toBeFocused()
})

test('Escape that closes the list, cancels a name or clears a search leaves the answer running', async ({
  page,
  scripted: { url, replay },
}) => {
  const gate = createGate()
  const pods = answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true })
  replay.enqueue(pods, answer.text('Half. ').hold(gate).text('And the rest.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByText('Half.')).toBeVisible()
  await prompt(page).pressSequentially('/pods sh')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  const item = page.getByTestId('conversation-item').first()
  await item.hover()
  await item.getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await expect(page.getByRole('textbox', { name: 'New title' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(item.getByRole('link')).toBeFocused()
  const filter = page.getByRole('searchbox', { name: 'Filter rows' })
  await filter.fill('cart')
  await filter.press('Escape')
  await expect(filter).toHaveValue('')
  gate.release()
  await expect(page.getByText('And the rest.')).toBeVisible()
})

test('an object named with @ is handed to the model with the question', async ({ page, scripted: { url, replay } }) => {
  await page.goto(url)
  await prompt(page).pressSequentially('Why does @cart')
  await page.getByRole('option').filter({ hasText: 'Deployment' }).click()
  await expect(page.getByTestId('prompt')).toHaveValue('Why does cart ')
  await expect(page.getByTestId('scope-objects')).toContainText('Deployment shop/cart')
  replay.enqueue(answer.text('It has no database.'))
  await page.keyboard.type('restart?')
  await page.keyboard.press('Enter')
  await answered(page)
  const asked = replay
    .chats()
    .at(-1)
    ?.messages.map(({ content }) => content)
  expect(asked?.join('\n')).toContain('Deployment "cart" of apps/v1 in namespace "shop"')
  await expect(page.getByTestId('scope-objects')).toHaveCount(0)
  await expect(page.getByTestId('asked-about')).toContainText('Deployment shop/cart')
})

test('an answer is gone on from by one press, without the model', async ({ page, scripted: { url, replay } }) => {
  const before = replay.chats().length
  await page.goto(url)
  await ask(page, '/get pods -n shop')
  await answered(page)
  const next = page.getByTestId('follow-ups').getByRole('button')
  await expect(next).toHaveText([/^Diagnose cart/, /^Log of cart/, /^Events of cart/])
  await next.nth(1).click()
  await answered(page)
  await expect(page.getByTestId('result-log')).toBeVisible()
  expect(replay.chats()).toHaveLength(before)
})

test('a saved question is chosen again by keyboard, also after a reload', async ({
  page,
  scripted: { url, replay },
}) => {
  replay.enqueue(answer.text('Two of them.'))
  await page.goto(url)
  await ask(page, 'hello there')
  await answered(page)
  await page.getByTestId('message-user').hover()
  await page.getByTestId('save-prompt').click()
  await page.reload()
  await prompt(page).pressSequentially('/')
  await expect(page.getByRole('option').first()).toContainText('hello there')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('prompt')).toHaveValue('hello there')
})
