import type { Page } from '@playwright/test'
import { freePort, startApp } from '../support/app'
import { answer, createGate, startReplayServer } from '../support/ollama'
import { answered, ask, expect, test } from '../support/e2e/fixtures'
import type { WebProxy } from '../support/e2e/proxy'

const message = (page: Page) => page.getByTestId('message-assistant')
const posts = (proxy: WebProxy) => proxy.requests().filter((request) => request === 'POST /api/chat').length

test('if a proxy holds events back, the answer is shown as it is written, and the question is posted once', async ({
  page,
  proxied,
}) => {
  const { url, replay, proxy } = proxied
  proxy.holdEvents = true
  const [first, second, asked] = [createGate(), createGate(), replay.chats().length]
  replay.enqueue(answer.text('Half an ans').hold(first).text('wer.'), answer.text('And ano').hold(second).text('ther.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  first.release()
  await expect(message(page)).toContainText('Half an answer.')
  await answered(page)
  await ask(page, 'and now?')
  await expect(message(page).last()).toContainText('And ano')
  second.release()
  await expect(message(page).last()).toContainText('And another.')
  await answered(page)
  await expect(message(page)).toHaveCount(2)
  expect((await page.getByRole('log').innerText()).match(/Half an answer|And another/g)).toHaveLength(2)
  expect(posts(proxy)).toBe(2)
  expect(replay.chats().length - asked).toBe(2)
})

test('if a proxy holds events back and lets no socket through, the answer comes at the end', async ({
  page,
  proxied,
}) => {
  const { url, replay, proxy } = proxied
  Object.assign(proxy, { holdEvents: true, refuseSockets: true })
  replay.enqueue(answer.text('The whole answer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('The whole answer.')
  await answered(page)
  await expect(page.getByTestId('status-mcp')).toContainText('tools')
})

for (const how of ['broken', 'clean'] as const) {
  test(`an answer whose connection is cut continues by itself: ${how}`, async ({ page, proxied }) => {
    const { url, replay, proxy } = proxied
    const [gate, asked] = [createGate(), replay.chats().length]
    replay.enqueue(answer.reasoning('Hm').text('Half an ans').hold(gate).text('wer.'))
    await page.goto(url)
    await ask(page, 'hello')
    await expect(message(page)).toContainText('Half an ans')
    proxy.cutStreams(how)
    await expect.poll(() => proxy.requests().filter((request) => request.endsWith('/stream')).length).toBe(1)
    gate.release()
    await expect(message(page)).toContainText('Half an answer.')
    await answered(page)
    await expect(page.getByTestId('chat-error')).toHaveCount(0)
    await expect(page.getByTestId('reasoning')).toHaveCount(1)
    expect((await message(page).innerText()).match(/Half an/g)).toHaveLength(1)
    expect(posts(proxy)).toBe(1)
    expect(replay.chats().length - asked).toBe(1)
  })
}

test('shows that the connection is lost while it is retried, and continues when it is back', async ({
  page,
  proxied,
}) => {
  const { url, replay, proxy } = proxied
  const gate = createGate()
  replay.enqueue(answer.text('Half an ans').hold(gate).text('wer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  proxy.setAway(true)
  await expect(page.getByTestId('waiting')).toHaveText(/Connection lost, reconnecting/)
  await expect(message(page)).toContainText('Half an ans')
  proxy.setAway(false)
  await expect(page.getByTestId('waiting')).toHaveCount(0)
  gate.release()
  await expect(message(page)).toContainText('Half an answer.')
  expect(posts(proxy)).toBe(1)
})

test('gives up with a message after a while, and Retry asks again and leaves no turn behind', async ({
  page,
  proxied,
}) => {
  const { url, replay, proxy } = proxied
  replay.enqueue(answer.text('Half an ans').hold(createGate()))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
  proxy.setAway(true)
  const error = page.getByTestId('chat-error')
  await expect(error).toHaveAttribute('data-code', 'connection-lost', { timeout: 40_000 })
  await expect(message(page)).toContainText('Half an ans')
  await expect(page.getByTestId('waiting')).toHaveCount(0)
  proxy.setAway(false)
  replay.enqueue(answer.text('The whole answer.'))
  await page.getByTestId('retry').click()
  await expect(message(page)).toContainText('The whole answer.')
  await expect(message(page)).toHaveCount(1)
  await expect(error).toHaveCount(0)
  expect((await asking?.closed)?.complete).toBe(false)
})

test('an answer that was given up is there, whole, after a reload', async ({ page, proxied }) => {
  const { url, replay, proxy } = proxied
  const gate = createGate()
  replay.enqueue(answer.text('Half an ans').hold(gate).text('wer.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(message(page)).toContainText('Half an ans')
  proxy.setAway(true)
  await expect(page.getByTestId('chat-error')).toHaveAttribute('data-code', 'connection-lost', { timeout: 40_000 })
  proxy.setAway(false)
  await page.reload()
  await expect(page.getByTestId('chat-error')).toHaveCount(0)
  gate.release()
  await expect(message(page)).toContainText('Half an answer.')
  await answered(page)
  await expect(message(page)).toHaveCount(1)
  expect(posts(proxy)).toBe(1)
})

test('after a restart of the server in mid-answer the page shows a message and Retry, at any time of a reload', async ({
  page,
}) => {
  const replay = await startReplayServer({ contextLength: 32_768 })
  const env = { OLLAMA_BASE_URL: replay.url, PORT: String(await freePort()), SHUTDOWN_GRACE_SECONDS: '0' }
  let app = await startApp(env)
  const restart = async () => {
    process.kill(app.pid, 'SIGKILL')
    await app.ended
    app = await startApp(env)
  }
  try {
    await page.goto(app.url)
    const problem = page.getByTestId('chat-error')
    for (const reloaded of ['not at all', 'at once', 'once the loss was told'] as const) {
      replay.enqueue(answer.text('Half an ans').hold(createGate()))
      await ask(page, 'hello')
      await expect(message(page).last()).toContainText('Half an ans')
      await restart()
      if (reloaded === 'once the loss was told') await expect(problem).toBeVisible()
      if (reloaded !== 'not at all') await page.reload()
      await expect(problem).toHaveAttribute('data-code', 'connection-lost')
      await expect(message(page).last()).toContainText('Half an ans')
      replay.enqueue(answer.text('The whole answer.'))
      await page.getByTestId('retry').click()
      await expect(message(page).last()).toContainText('The whole answer.')
      await answered(page)
    }
    await expect(message(page)).toHaveCount(3)
  } finally {
    await app.stop()
    await replay.close()
  }
})
