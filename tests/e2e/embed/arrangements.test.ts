import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findWholeBrowser } from '../../../scripts/browser.mjs'
import { selfSigned, startApp, testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { startEmbedHost } from '../../support/e2e/embed-host'
import type { EmbedHost } from '../../support/e2e/embed-host'
import { startServiceProxy } from '../../support/e2e/service-proxy'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

/** Where the host `https://rancher.test` frames the assistant, with the login by a token. */
interface Places {
  host: EmbedHost
  replay: ReplayServer
  /** Over HTTPS, on a port of its own. */
  securePort: number
  plainPort: number
  start: (env: Record<string, string>) => Promise<App>
}

const TOKEN = 'a-token-of-some-length'
const NAMES = 'rancher.test,ai.rancher.test,assistant.test'

const test = base.extend<object, { places: Places }>({
  places: [
    async ({ browserName: _ }, use) => {
      const replay = await startReplayServer({ contextLength: 32_768 })
      replay.onRequest(() => answer.text('Here I am.'))
      const host = await startEmbedHost()
      const folder = mkdtempSync(join(tmpdir(), 'embed-tls-'))
      const tls = { TLS_CERT_FILE: join(folder, 'cert.pem'), TLS_KEY_FILE: join(folder, 'key.pem') }
      const { cert, key } = selfSigned()
      writeFileSync(tls.TLS_CERT_FILE, cert)
      writeFileSync(tls.TLS_KEY_FILE, key)
      const apps: App[] = []
      const start = async (env: Record<string, string>) => {
        const app = await startApp({
          OLLAMA_BASE_URL: replay.url,
          AUTH_MODE: 'token',
          AUTH_TOKEN: TOKEN,
          ALLOWED_HOSTS: NAMES,
          FRAME_ANCESTORS: `'self' https://rancher.test:${host.port}`,
          SHUTDOWN_GRACE_SECONDS: '0',
          ...env,
        })
        apps.push(app)
        return app
      }
      const [secure, plain] = [await start(tls), await start({})]
      host.forwards.push({ path: '/ai', url: plain.url, stripped: true })
      await use({ host, replay, securePort: portOf(secure), plainPort: portOf(plain), start })
      await Promise.all(apps.map((app) => app.stop()))
      await host.close()
      await replay.close()
    },
    { scope: 'worker' },
  ],
})
test.use({ ignoreHTTPSErrors: true })

const portOf = ({ url }: App) => Number(new URL(url).port)
const hostUrl = ({ host }: Places, src: string, name = 'rancher.test') =>
  `https://${name}:${host.port}/?src=${encodeURIComponent(src)}`
const frame = (page: Page) => page.frameLocator('iframe')
const events = (page: Page) => page.evaluate(() => window.host.events)

async function login(page: Page, token = TOKEN): Promise<void> {
  await frame(page).getByTestId('login-token').fill(token)
  await frame(page).getByTestId('login-token').press('Enter')
  await expect(frame(page).getByTestId('prompt')).toBeVisible()
}

/** Asks in the frame, over HTTP and WebSocket. */
async function chat(page: Page, question: string): Promise<void> {
  await frame(page).getByTestId('prompt').fill(question)
  await frame(page).getByTestId('prompt').press('Enter')
  await expect(frame(page).getByTestId('message-assistant').last()).toContainText('Here I am.')
}

/** The host reloads; the login holds. */
async function reload(page: Page): Promise<void> {
  await page.reload()
  await expect(frame(page).getByTestId('prompt')).toBeVisible()
}

const sameSite: [string, (places: Places) => string][] = [
  ['below a path of the host', () => '/ai/'],
  ['below that path without its slash', () => '/ai'],
  ['on a subdomain', ({ securePort }) => `https://ai.rancher.test:${securePort}/`],
  ['on another port', ({ securePort }) => `https://rancher.test:${securePort}/`],
]
for (const [name, src] of sameSite) {
  test(`works ${name}: login, chat and storage are kept`, async ({ page, places }) => {
    await page.goto(hostUrl(places, src(places)))
    await expect.poll(() => events(page)).toEqual(['ready'])
    await login(page)
    await chat(page, 'Are you there?')
    await expect(frame(page).getByTestId('storage-notice')).toHaveCount(0)
    await reload(page)
    await expect(frame(page).getByTestId('conversation-item')).toContainText('Are you there?')
    expect((await page.context().cookies()).map((cookie) => cookie.sameSite)).toEqual(['Strict'])
  })
}

test('works through the service proxy of a real API server', async ({ page, places }) => {
  const service = testKubeconfig ? await startServiceProxy(testKubeconfig, places.plainPort) : undefined
  test.skip(!service, 'needs TEST_KUBECONFIG of a cluster whose pods stand for local ports')
  if (!service) return
  places.host.forwards.push(service.forward)
  try {
    for (const path of [`${service.path}/`, service.path]) {
      await page.context().clearCookies()
      await page.goto(hostUrl(places, path))
      await expect.poll(() => events(page)).toEqual(['ready'])
      await login(page)
      await chat(page, 'Are you there?')
      await reload(page)
    }
  } finally {
    await service.remove()
  }
})

for (const [language, locale, notice] of [
  ['English', 'en', 'The browser keeps nothing for this frame'],
  ['Vietnamese', 'vi', 'Trình duyệt không lưu gì cho khung này'],
] as const) {
  test(`works on another site without storage, and reports that in ${language}`, async ({ launchOptions, places }) => {
    const executablePath = findWholeBrowser()
    test.skip(executablePath === undefined, 'needs a whole Chromium or Chrome: its headless shell denies no storage')
    if (executablePath === undefined) return
    const browser = await chromium.launch({ ...launchOptions, executablePath })
    const page = await browser.newPage({ ignoreHTTPSErrors: true, locale })
    await page.goto(`${hostUrl(places, `https://assistant.test:${places.securePort}/`)}&locale=${locale}`)
    await expect.poll(() => events(page)).toEqual(['ready'])
    await login(page)
    await chat(page, 'Are you there?')
    await expect(frame(page).getByTestId('storage-notice')).toContainText(notice)
    const [cookie] = await page.context().cookies()
    expect(cookie).toMatchObject({ name: expect.stringMatching(/^__Host-/), secure: true, sameSite: 'None' })
    await reload(page)
    await browser.close()
  })
}

test('offers a new tab if the frame is refused, without an event of the browser', async ({ page, places }) => {
  const { url } = await places.start({ FRAME_ANCESTORS: 'none' })
  places.host.forwards.push({ path: '/refused', url, stripped: true })
  await page.goto(hostUrl(places, '/refused/'))
  await expect.poll(() => events(page)).toEqual(['silent'])
  const link = page.getByRole('link', { name: 'Open the assistant in a new tab' })
  const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()])
  await expect(tab.getByTestId('login-token')).toBeVisible()
})

test('offers a new tab if plain HTTP is framed in HTTPS', async ({ page, places }) => {
  await page.goto(hostUrl(places, `http://assistant.test:${places.plainPort}/`))
  await expect.poll(() => events(page)).toEqual(['silent'])
})

test('keeps the logins of two assistants behind one host', async ({ page, places }) => {
  const other = 'another-token-of-some-length'
  const { url } = await places.start({ AUTH_TOKEN: other })
  places.host.forwards.push({ path: '/second', url, stripped: true })
  await page.goto(hostUrl(places, '/ai/'))
  await login(page)
  await page.goto(hostUrl(places, '/second/'))
  await login(page, other)
  await page.goto(hostUrl(places, '/ai/'))
  await expect(frame(page).getByTestId('prompt')).toBeVisible()
  await page.goto(hostUrl(places, '/second/'))
  await expect(frame(page).getByTestId('prompt')).toBeVisible()
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual([
    expect.stringMatching(/^__Host-k8s-ai-session-[0-9a-f]{8}$/),
    expect.stringMatching(/^__Host-k8s-ai-session-[0-9a-f]{8}$/),
  ])
})
