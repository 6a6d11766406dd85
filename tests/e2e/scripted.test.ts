import { answer, createGate } from '../support/ollama'
import { answered, ask, expect, test } from '../support/e2e/fixtures'

test('Stop ends the answer at the model, keeps the received text, and the conversation continues', async ({
  page,
  scripted,
}) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('Half an ans').hold(createGate()))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByTestId('message-assistant')).toContainText('Half an ans')
  const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
  await page.getByTestId('stop').click()
  expect((await asking?.closed)?.complete).toBe(false)
  await expect(page.getByTestId('ending')).toBeVisible()
  await expect(page.getByTestId('message-assistant')).toContainText('Half an ans')
  replay.enqueue(answer.text('Going on.'))
  await ask(page, 'and now?')
  await expect(page.getByTestId('message-assistant').last()).toContainText('Going on.')
  expect(
    replay
      .chats()
      .at(-1)
      ?.messages.map((message) => message.role),
  ).toEqual(['system', 'user', 'assistant', 'user'])
})

test('an error is shown with its request id, and Retry asks again', async ({ page, scripted }) => {
  const { url, replay } = scripted
  replay.enqueue(answer.error(503, 'server busy, please try again.  maximum pending requests exceeded'))
  await page.goto(url)
  await ask(page, 'hello')
  const error = page.getByTestId('chat-error')
  await expect(error).toContainText(/busy/i)
  await expect(error).toContainText(/[0-9a-f]{8}-[0-9a-f]{4}/)
  replay.enqueue(answer.text('Now it works.'))
  await page.getByTestId('retry').click()
  await expect(page.getByTestId('message-assistant').last()).toContainText('Now it works.')
  await expect(error).toHaveCount(0)
})

test('an answer is written again, and a question edited and sent again', async ({ page, scripted }) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('First.'), answer.text('Second.'), answer.text('Third.'))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  await page.getByTestId('regenerate').click()
  await expect(page.getByTestId('message-assistant')).toContainText('Second.')
  await answered(page)
  await page.getByTestId('message-user').hover()
  await page.getByTestId('edit').click()
  await page.getByRole('textbox', { name: 'Edit your question' }).fill('hello again')
  await page.getByTestId('resend').click()
  await expect(page.getByTestId('message-assistant')).toContainText('Third.')
  await expect(page.getByTestId('message-user')).toHaveCount(1)
  expect(JSON.stringify(replay.chats().at(-1)?.messages)).toContain('hello again')
})

test("the model's text runs no script, loads no image, and shows link targets", async ({ page, scripted }) => {
  const { url, replay } = scripted
  const hostile = [
    '<script>document.title = "owned"</script><img src="http://example.com/x.png" onerror="document.title = \'owned\'">',
    '![secret](http://example.com/?q=secret)',
    '[click](javascript:document.title="owned") and [docs](https://kubernetes.io/docs)',
    '<iframe src="http://example.com"></iframe>',
  ].join('\n\n')
  replay.enqueue(answer.text(hostile))
  await page.goto(url)
  await ask(page, 'hello')
  await answered(page)
  const message = page.getByTestId('message-assistant')
  await expect(message.locator('img, script, iframe')).toHaveCount(0)
  await expect(message.locator('a[href^="javascript:"]')).toHaveCount(0)
  await expect(message).toContainText('https://kubernetes.io/docs')
  await expect(page).not.toHaveTitle('owned')
})
