import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { freePort, startApp } from '../support/app'
import type { App } from '../support/app'
import { englishOn } from '../support/e2e/english'
import { expect, test as base, unfold } from '../support/e2e/fixtures'
import { kubeconfigText } from '../support/cluster/kubeconfig'
import { answer, startReplayServer } from '../support/ollama'
import type { ReplayServer } from '../support/ollama'
import { proxyLogin } from '../support/proxy-login'

/** Longer than an approval is valid. */
const LATER_MS = 11 * 60_000

interface Started {
  app: App
  replay: ReplayServer
}
type Start = (env?: Record<string, string>, contextLength?: number) => Promise<Started>

/** Servers with a scripted model on the demo's cluster. */
const test = base.extend<{ start: Start }>({
  start: async ({ browserName: _ }, use) => {
    const started: Started[] = []
    await use(async (env = {}, contextLength = 32_768) => {
      const replay = await startReplayServer({ contextLength })
      replay.onRequest(() => answer.text('Xin hỏi thêm?'))
      const fast = { SHUTDOWN_GRACE_SECONDS: '0', MODEL_BUSY_SECONDS: '0' }
      const app = await startApp({ OLLAMA_BASE_URL: replay.url, ...fast, ...env })
      started.push({ app, replay })
      return { app, replay }
    })
    for (const { app, replay } of started) {
      await app.stop()
      await replay.close()
    }
  },
})

test.use({ locale: 'vi-VN' })

const prompt = (page: Page) => page.getByRole('textbox', { name: 'Câu hỏi của bạn' })
const error = (page: Page) => page.getByTestId('chat-error')
const card = (page: Page) => page.getByTestId('approval-card')

async function ask(page: Page, question: string): Promise<void> {
  await prompt(page).fill(question)
  await prompt(page).press('Enter')
}

async function answered(page: Page): Promise<void> {
  await expect(page.getByTestId('send')).toBeVisible()
  await expect(page.getByTestId('message-assistant').last().getByTestId('answer-caption')).toBeVisible()
}

/** A kubeconfig for a cluster that does not answer. */
async function goneCluster(path: string): Promise<string> {
  await writeFile(path, kubeconfigText([{ context: 'gone', server: `https://127.0.0.1:${await freePort()}` }]))
  return path
}

/** Opens the details of the state, where its reasons stand. */
async function openDetails(page: Page): Promise<void> {
  await page.getByTestId('status-open').click()
  await expect(page.getByTestId('status-details')).toBeVisible()
}

test('the check finds a sentence, a label and a title in English', async ({ page, start }) => {
  const { app } = await start()
  await page.goto(app.url)
  await expect(prompt(page)).toBeVisible()
  expect(await englishOn(page)).toEqual([])
  await page.evaluate(() => {
    const shown = document.createElement('p')
    shown.textContent = 'The model server cannot be reached.'
    shown.setAttribute('aria-label', 'Why this is so')
    const marked = document.createElement('p')
    marked.lang = 'en'
    marked.textContent = 'This is what the model was given.'
    document.body.append(shown, marked)
    document.title = 'This is the title'
  })
  expect(await englishOn(page)).toEqual(['This is the title', 'The model server cannot be reached', 'Why this is so'])
})

test('the title has the name once, and the page its language', async ({ page, start }) => {
  const { app } = await start()
  await page.goto(app.url)
  await expect(prompt(page)).toBeVisible()
  expect((await page.title()).match(/K8s AI Assistant/g)).toHaveLength(1)
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
})

test.describe('shows no English if', () => {
  test('the model is gone', async ({ page, start }) => {
    const { app, replay } = await start()
    await page.goto(app.url)
    await expect(prompt(page)).toBeVisible()
    await replay.close()
    await ask(page, 'có pod nào không')
    await expect(error(page)).toBeVisible()
    await expect(page.getByTestId('health-alert')).toBeVisible()
    await openDetails(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('the model is not on the server', async ({ page, start }) => {
    const { app, replay } = await start()
    const words = 'model "gpt-oss:20b" not found, try pulling it first'
    replay.enqueue(answer.error(404, words))
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await expect(error(page)).toBeVisible()
    expect(await englishOn(page, [words])).toEqual([])
  })

  test('the model server is busy', async ({ page, start }) => {
    const { app, replay } = await start()
    const words = 'server busy, please try again.  maximum pending requests exceeded'
    replay.enqueue(answer.error(503, words))
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await expect(error(page)).toBeVisible()
    expect(await englishOn(page, [words, words.replace('  ', ' ')])).toEqual([])
  })

  test('the context window is too small', async ({ page, start }) => {
    const { app } = await start({}, 1024)
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await expect(error(page)).toBeVisible()
    await openDetails(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('the MCP server is gone', async ({ page, start }) => {
    const { app, replay } = await start({ MCP_SERVER_URL: `http://127.0.0.1:${await freePort()}/mcp` })
    replay.enqueue(answer.text('Không biết.'))
    await page.goto(app.url)
    await expect(page.getByTestId('health-alert')).toBeVisible()
    await ask(page, 'có pod nào không')
    await expect(error(page).or(page.getByTestId('answer-caption')).first()).toBeVisible()
    await openDetails(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('the cluster is gone', async ({ page, start }, testInfo) => {
    const { app } = await start({ KUBECONFIG: await goneCluster(testInfo.outputPath('kubeconfig')) })
    await page.goto(app.url)
    // The server has tried it.
    await expect(page.getByTestId('health-alert')).toBeVisible()
    await ask(page, 'có pod nào không')
    await expect(error(page)).toHaveAttribute('data-code', 'cluster-down')
    await openDetails(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('calls fail, are denied, or are not known', async ({ page, start }) => {
    const { app, replay } = await start({ DENY_NAMESPACES: 'payments' })
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'payments' }),
      answer.toolCall('kubectl_get', { resource: 'deploy', name: 'no-such', namespace: 'shop' }),
      answer.toolCall('kubectl_get', { resource: 'wodgets' }),
      answer.toolCall('kubectl_logs', { namespace: 'shop' }),
      answer.toolCall('no_such_tool', {}),
      answer.text('Không được.'),
    )
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await answered(page)
    await unfold(page)
    await expect.poll(() => page.getByTestId('result-text').count()).toBeGreaterThan(3)
    expect(await englishOn(page)).toEqual([])
  })

  test('objects are not healthy, and results have notes', async ({ page, start }) => {
    const { app, replay } = await start()
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'pods' }),
      answer.toolCall('kubectl_get', { resource: 'deployments' }),
      answer.toolCall('kubectl_get', { resource: 'pods', labelSelector: 'app=nobody' }),
      answer.toolCall('kubectl_top', { resource: 'pods' }),
      answer.toolCall('helm_list', {}),
      answer.text('Xong.'),
    )
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await answered(page)
    await unfold(page)
    await expect(page.getByTestId('result-table').first()).toBeVisible()
    await page.getByTestId('table-problems').first().click()
    // Of the controller, in a condition of the Deployment.
    expect(await englishOn(page, ['has timed out progressing'])).toEqual([])
  })

  test('a change is asked, declined and expired', async ({ page, start }) => {
    const { app, replay } = await start({ ACCESS_MODE: 'approve' })
    await page.clock.install()
    replay.enqueue(answer.toolCall('kubectl_delete', { resource: 'namespace', name: 'payments' }))
    await page.goto(app.url)
    await ask(page, 'xóa namespace payments')
    await expect(card(page).getByTestId('approval-notes')).toBeVisible()
    await card(page).getByTestId('approval-show-arguments').click()
    expect(await englishOn(page)).toEqual([])
    replay.enqueue(answer.text('Không xóa.'))
    await card(page).getByTestId('decline').click()
    await card(page).getByTestId('decline').click()
    await answered(page)
    expect(await englishOn(page)).toEqual([])
    replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 5 }))
    await ask(page, 'scale web lên 5')
    await expect(card(page).last().getByTestId('approve')).toBeEnabled()
    // The server's clock goes with the page's: a later answer would set the page's back.
    await page.route('**/*', async (route) => {
      const response = await route.fetch()
      const date = new Date(Date.parse(response.headers().date ?? '') + LATER_MS).toUTCString()
      await route.fulfill({ response, headers: { ...response.headers(), date } })
    })
    await page.clock.fastForward(LATER_MS)
    await expect(card(page).last().getByTestId('ask-again')).toBeVisible()
    expect(await englishOn(page)).toEqual([])
  })

  test('a change was carried out', async ({ page, start }) => {
    const { app, replay } = await start({ ACCESS_MODE: 'approve' })
    replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 4 }))
    await page.goto(app.url)
    await ask(page, 'scale web lên 4')
    replay.enqueue(answer.text('Xong.'))
    await card(page).getByTestId('approve').click()
    await answered(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('it may only read, and shows what a change would do', async ({ page, start }) => {
    const { app, replay } = await start({ HOST: '0.0.0.0', TLS: 'off' })
    replay.enqueue(
      answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 4 }),
      answer.text('Chỉ đọc.'),
    )
    await page.goto(app.url.replace('0.0.0.0', '127.0.0.1'))
    await ask(page, 'scale web lên 4')
    await answered(page)
    await openDetails(page)
    expect(await englishOn(page)).toEqual([])
  })

  test('questions come too fast', async ({ page, start }) => {
    const { app } = await start({ MAX_TURNS_PER_MINUTE: '1' })
    await page.goto(app.url)
    await ask(page, 'có pod nào không')
    await answered(page)
    await ask(page, 'còn node thì sao')
    await expect(error(page)).toHaveAttribute('data-code', 'too-many-turns')
    expect(await englishOn(page)).toEqual([])
  })

  test('a login fails, again and again', async ({ page, start }) => {
    const { app } = await start({ AUTH_MODE: 'token', AUTH_TOKEN: 'a-token-of-some-length' })
    await page.goto(app.url)
    for (let n = 0; n < 11; n++) {
      await page.getByTestId('login-token').fill(`not the right token ${n}`)
      await page.getByTestId('login-submit').click()
      await expect(page.getByTestId('login-submit')).toBeEnabled()
      await expect(page.locator('form')).toContainText(/mã truy cập của máy chủ|quá nhiều mã sai/)
      expect(await englishOn(page)).toEqual([])
    }
    await expect(page.locator('form')).toContainText(/giây/)
  })

  test('no proxy names the user', async ({ page, start }) => {
    const { app } = await start(proxyLogin)
    await page.goto(app.url)
    await expect(page.getByTestId('login-again')).toBeVisible()
    expect(await englishOn(page)).toEqual([])
  })
})
