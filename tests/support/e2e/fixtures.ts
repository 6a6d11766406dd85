/**
 * A page on the built server, with the demo model on the cluster of TEST_KUBECONFIG or the demo's, or with a scripted
 * model. Requests to other hosts, CSP violations, page errors, and texts or icons that are not
 * there fail a test.
 */
import { expect, test as base } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { startDemoModel } from '@k8s-ai-assistant/demo-model'
import { startApp, testKubeconfig } from '../app'
import { startReplayServer } from '../ollama'
import type { ReplayServer } from '../ollama'
import { startWebProxy } from './proxy'
import type { WebProxy } from './proxy'

export interface Scripted {
  url: string
  replay: ReplayServer
}

/** The same behind a proxy. */
export interface Proxied extends Scripted {
  proxy: WebProxy
}

/** Turns may run for an hour, so an earlier end has a cause. Shutdown is immediate, and a busy model is not retried. */
const patient = { TURN_GRACE_SECONDS: '3600', SHUTDOWN_GRACE_SECONDS: '0', MODEL_BUSY_SECONDS: '0' }

const cluster = testKubeconfig ? { KUBECONFIG: testKubeconfig } : undefined

export const test = base.extend<
  { watched: undefined; proxied: Proxied },
  { demoUrl: string; scripted: Scripted; approving: Scripted }
>({
  /** The rule-based demo model. */
  demoUrl: [
    async ({ browserName: _ }, use) => {
      const model = await startDemoModel()
      const app = await startApp({ OLLAMA_BASE_URL: model.url, OLLAMA_MODEL: model.model, ...cluster })
      await use(app.url)
      await app.stop()
      await model.close()
    },
    { scope: 'worker' },
  ],
  /** A scripted model on the demo cluster. */
  scripted: [
    async ({ browserName: _ }, use) => {
      const replay = await startReplayServer({ contextLength: 32_768 })
      const app = await startApp({ OLLAMA_BASE_URL: replay.url, ...patient })
      await use({ url: app.url, replay })
      await app.stop()
      await replay.close()
    },
    { scope: 'worker' },
  ],
  /** The same with approved changes. */
  approving: [
    async ({ browserName: _ }, use) => {
      const replay = await startReplayServer({ contextLength: 32_768 })
      const app = await startApp({ OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'approve', ...patient })
      await use({ url: app.url, replay })
      await app.stop()
      await replay.close()
    },
    { scope: 'worker' },
  ],
  proxied: async ({ scripted }, use) => {
    const proxy = await startWebProxy(scripted.url)
    await use({ ...scripted, url: proxy.url, proxy })
    await proxy.close()
  },
  watched: [
    async ({ page }, use) => {
      const wrong = watch(page)
      await use(undefined)
      expect((await Promise.all(wrong)).flat()).toEqual([])
    },
    { auto: true },
  ],
})

function watch(page: Page): (string | Promise<string[]>)[] {
  const wrong: (string | Promise<string[]>)[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^https?:|^wss?:/.test(protocol) && hostname !== '127.0.0.1') wrong.push(`a request to ${request.url()}`)
  })
  page.on('pageerror', ({ message }) => wrong.push(errorOfPage(message)))
  page.on('console', (message) => {
    if (/content security policy|violates/i.test(message.text())) wrong.push(message.text())
    if (/\[intlify\]|\[Icon\]/.test(message.text())) wrong.push(message.text())
  })
  return wrong
}

/** Nothing for code that was still being loaded when the test stopped the page's server. */
async function errorOfPage(message: string): Promise<string[]> {
  const [, url] = /^Failed to fetch dynamically imported module: (\S+)$/.exec(message) ?? []
  const isServed =
    url === undefined ||
    (await fetch(url).then(
      () => true,
      () => false,
    ))
  return isServed ? [`an error of the page: ${message}`] : []
}

/** Types a question and sends it. */
export async function ask(page: Page, question: string): Promise<void> {
  await prompt(page).fill(question)
  await prompt(page).press('Enter')
}

export const prompt = (page: Page) => page.getByRole('textbox', { name: 'Your question' })

/** Waits until it is in sight. `expect` describes the whole page for its error each time it has to wait. */
export async function appears(locator: Locator): Promise<void> {
  await locator.waitFor({ timeout: 20_000 })
}

/** Waits until the answer is complete. */
export async function answered(page: Page): Promise<void> {
  await appears(page.getByTestId('send'))
  await appears(page.getByTestId('message-assistant').last().getByTestId('answer-caption'))
}

/** Shows the reads that an answer folds, if there are any. */
export async function unfold(page: Page): Promise<void> {
  for (const answer of await page.locator('[data-folded]').all()) {
    // Its code is loaded with the first of them.
    const toggle = answer.getByTestId('looked-toggle')
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  }
}

/** Brings each waiting card into sight, until the page has taken notice of all. */
export async function lookAtApprovals(page: Page): Promise<void> {
  for (const card of await page.getByTestId('approval-card').all()) {
    await card.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await expect(card).toHaveAttribute('data-seen', 'true')
  }
}

export { expect }
