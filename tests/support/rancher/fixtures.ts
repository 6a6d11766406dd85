/**
 * Rancher's own dashboard with the extension, and the product behind the service proxy of the cluster that the dashboard
 * shows, with a scripted model and each user's own rights. An error on the console that is not the dashboard's own fails a test.
 */
import { expect, test as base } from '@playwright/test'
import type { FrameLocator, Page } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificateOf, startApp } from '../app'
import { startReplayServer } from '../ollama'
import type { ReplayServer } from '../ollama'
import { letUsersIn } from './service'

const { TEST_RANCHER, TEST_RANCHER_APP_PORT, TEST_RANCHER_KUBECONFIG, TEST_RANCHER_USERS } = process.env

/** Undefined: the suite is skipped. */
const place =
  TEST_RANCHER && TEST_RANCHER_APP_PORT && TEST_RANCHER_KUBECONFIG && TEST_RANCHER_USERS
    ? {
        /** E.g. `https://127.0.0.1:8443/dashboard/`. */
        dashboard: TEST_RANCHER,
        /** Where the service proxy of the cluster leads. */
        appPort: TEST_RANCHER_APP_PORT,
        kubeconfig: TEST_RANCHER_KUBECONFIG,
        /** `name:password` of an administrator and of a user who may only read. */
        users: TEST_RANCHER_USERS.split(' '),
      }
    : undefined
export const isThere = place !== undefined
export const SKIPPED = 'TEST_RANCHER and the variables beside it name no dashboard'

/** Errors of the dashboard itself, on a cluster without Rancher's controllers and without the internet. */
const NOT_OURS =
  /initialize notifications|save notification|reading dynamic content|favicon\.png|rancher-monitoring|ERR_NAME_NOT_RESOLVED/

interface Fixtures {
  /** Who is logged in. */
  user: 'administrator' | 'viewer'
  /** The dashboard's start page, logged in. */
  rancher: Page
}

interface WorkerFixtures {
  replay: ReplayServer
  /** The product, on the port that the service proxy leads to. */
  product: undefined
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  replay: [
    async ({ browserName: _ }, use) => {
      const replay = await startReplayServer({ contextLength: 32_768 })
      await use(replay)
      await replay.close()
    },
    { scope: 'worker' },
  ],
  product: [
    async ({ replay }, use) => {
      const { appPort, dashboard, kubeconfig } = required()
      const { origin } = new URL(dashboard)
      const folder = mkdtempSync(join(tmpdir(), 'rancher-suite-'))
      const caFile = join(folder, 'ca.crt')
      writeFileSync(caFile, await certificateOf(origin))
      const revoke = await letUsersIn(kubeconfig, 'rancher-suite-users')
      const app = await startApp({
        PORT: appPort,
        OLLAMA_BASE_URL: replay.url,
        AUTH_MODE: 'rancher',
        RANCHER_URL: origin,
        RANCHER_CA_FILE: caFile,
        FRAME_ANCESTORS: "'self'",
        SHUTDOWN_GRACE_SECONDS: '0',
      })
      await use(undefined)
      await app.stop()
      await revoke()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  user: ['administrator', { option: true }],
  rancher: async ({ page, product: _, user }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      const text = `${message.text()} ${message.location().url}`
      if (message.type() === 'error' && !NOT_OURS.test(text)) errors.push(text)
    })
    await logIn(page, user)
    await use(page)
    expect(errors).toEqual([])
  },
})

function required(): NonNullable<typeof place> {
  if (!place) throw new Error(SKIPPED)
  return place
}

async function logIn(page: Page, user: Fixtures['user']): Promise<void> {
  const { dashboard, users } = required()
  const [username, password] = users[user === 'viewer' ? 1 : 0]?.split(':') ?? []
  const response = await page.request.post(new URL('/v1-public/login', dashboard).href, {
    data: { username, password, responseType: 'cookie' },
  })
  expect(response.ok()).toBe(true)
}

/** Opens the list of pods. @returns the first one as `namespace/name` */
export async function openPods(page: Page): Promise<string> {
  await openList(page, 'pod')
  const href = await page.locator('tbody tr a[href*="/explorer/pod/"]').first().getAttribute('href')
  return href?.split('/explorer/pod/')[1] ?? ''
}

/** @param type Rancher's name of it, e.g. `apps.deployment` */
export async function openList(page: Page, type: string): Promise<void> {
  await page.goto(`${place?.dashboard}c/local/explorer/${type}`)
  await expect(page.getByTestId('sortable-table-0-action-button')).toBeVisible()
}

export async function openDock(page: Page): Promise<void> {
  await page.getByTestId('extension-header-action-k8sAiAssistant.open').click()
  await expect(page.locator('iframe')).toBeVisible()
}

/** Chooses the action in the menu of the first row. */
export async function askAboutRow(page: Page, action = 'Ask AI about this'): Promise<void> {
  await page.getByTestId('sortable-table-0-action-button').click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** The assistant's page in its frame. */
export const assistant = (page: Page, title = 'AI Assistant'): FrameLocator =>
  page.frameLocator(`iframe[title="${title}"]`)

export async function ask(frame: FrameLocator, question: string): Promise<void> {
  const prompt = frame.getByRole('textbox', { name: 'Your question' })
  await prompt.fill(question)
  await prompt.press('Enter')
}

export async function answered(frame: FrameLocator, text: string): Promise<void> {
  await expect(frame.getByTestId('message-assistant').last()).toContainText(text)
}

/** What the model was last asked, with the notes below each question. */
export function askedModel(replay: ReplayServer): string {
  const messages = replay.chats().at(-1)?.messages ?? []
  return messages.flatMap(({ role, content }) => (role === 'user' ? [content] : [])).join('\n')
}

/** Changes a preference as Rancher's own page of preferences does, without leaving the page. */
export async function setPreference(page: Page, key: 'theme' | 'locale', value: string): Promise<void> {
  await page.evaluate(
    async ([name, chosen]) => {
      const app: unknown = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__')
      const globals: unknown = Reflect.get(Object(app), 'config')
      const store: unknown = Reflect.get(Object(Reflect.get(Object(globals), 'globalProperties')), '$store')
      const dispatch: unknown = Reflect.get(Object(store), 'dispatch')
      if (typeof dispatch !== 'function') throw new Error("no store of Rancher's")
      await (name === 'locale'
        ? dispatch('i18n/switchTo', chosen)
        : dispatch('prefs/set', { key: name, value: chosen }))
    },
    [key, value],
  )
}

export { expect }
