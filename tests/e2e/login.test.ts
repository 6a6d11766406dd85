import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startApp } from '../support/app'
import type { App } from '../support/app'
import { answered, ask, expect, prompt, test as base } from '../support/e2e/fixtures'
import { proxied, proxyLogin } from '../support/proxy-login'
import { startDemoModel } from '@k8s-ai-assistant/demo-model'

const TOKEN = 'a-token-of-some-length'

/** Servers with a login, on the demo. */
const test = base.extend<object, { startWith: (env: Record<string, string>) => Promise<App> }>({
  startWith: [
    async ({ browserName: _ }, use) => {
      const model = await startDemoModel()
      const apps: App[] = []
      await use(async (env) => {
        const app = await startApp({ OLLAMA_BASE_URL: model.url, OLLAMA_MODEL: model.model, ...env })
        apps.push(app)
        return app
      })
      await Promise.all(apps.map((app) => app.stop()))
      await model.close()
    },
    { scope: 'worker' },
  ],
})

const withToken = { AUTH_MODE: 'token', AUTH_TOKEN: TOKEN }
const token = (page: Page) => page.getByLabel('Access token')

async function login(page: Page, value = TOKEN): Promise<void> {
  await token(page).fill(value)
  await token(page).press('Enter')
}

test('asks for the token, says that one is wrong, and lets the right one in and out', async ({ page, startWith }) => {
  const { url } = await startWith(withToken)
  await page.goto(url)
  await expect(token(page)).toBeFocused()
  await expect(prompt(page)).toHaveCount(0)
  await login(page, 'not the right token')
  await expect(page.getByText('This is not the token of this server.')).toBeVisible()
  await login(page)
  await expect(prompt(page)).toBeVisible()
  await expect(page.getByTestId('user-name')).toContainText('operator')
  await ask(page, 'Show me all pods')
  await answered(page)
  await page.reload()
  await expect(page.getByTestId('result-table')).toBeVisible()
  await page.getByTestId('logout').click()
  await expect(token(page)).toBeVisible()
  await page.reload()
  await expect(token(page)).toBeVisible()
})

test('shows the login when the session ends, keeps the draft, and continues after it', async ({
  page,
  context,
  startWith,
}) => {
  const { url } = await startWith(withToken)
  await page.goto(url)
  await login(page)
  await ask(page, 'Show me all pods')
  await answered(page)
  await context.clearCookies()
  await ask(page, 'Show the events of namespace shop')
  await expect(token(page)).toBeVisible()
  await login(page)
  await expect(page.getByText('Show the events of namespace shop').last()).toBeVisible()
  await page.getByTestId('retry').click()
  await answered(page)
})

test('says when to try again after too many wrong tokens', async ({ page, startWith }) => {
  const { url } = await startWith(withToken)
  await page.goto(url)
  for (let i = 0; i < 11; i++) {
    await login(page, `not the right token ${i}`)
    await expect(page.getByTestId('login-submit')).toBeEnabled()
    await expect(page.getByText(/not the token of this server|Too many wrong tokens/)).toBeVisible()
  }
  await expect(page.getByText(/Too many wrong tokens came from your address. Try again in \d+ second/)).toBeVisible()
})

test('explains how to log in if no proxy names the user', async ({ page, startWith }) => {
  const { url } = await startWith(proxyLogin)
  await page.goto(url)
  await expect(page.getByText('Open the page at the address that its operator gave you')).toBeVisible()
  await page.setExtraHTTPHeaders(proxied('ada'))
  await page.getByTestId('login-again').click()
  await expect(page.getByTestId('user-name')).toContainText('ada')
  await expect(page.getByTestId('logout')).toHaveCount(0)
})

test('says quietly that it may only read, and in the details why', async ({ page, startWith }) => {
  const { url } = await startWith({ HOST: '0.0.0.0', TLS: 'off' })
  await page.goto(url.replace('0.0.0.0', '127.0.0.1'))
  await expect(page.getByTestId('status-read-only')).toHaveText('read-only')
  await page.getByTestId('status-open').click()
  await expect(page.getByTestId('status-details')).toContainText('the server listens on 0.0.0.0 without a login')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has a login without a serious violation for axe, on a phone, too, ${colorScheme}`, async ({
    page,
    startWith,
  }) => {
    const { url } = await startWith(withToken)
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 400, height: 800 })
    await page.goto(url)
    await login(page, 'not the right token')
    await expect(page.getByText('This is not the token of this server.')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
}
