/** A user of Rancher chooses the cluster of a conversation. */
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../support/app'
import type { App } from '../support/app'
import { englishOn } from '../support/e2e/english'
import { answered, ask, expect, prompt, test as base } from '../support/e2e/fixtures'
import { answer, startReplayServer } from '../support/ollama'
import type { ReplayServer } from '../support/ollama'
import { startRancher } from '../support/rancher/server'
import type { TestRancher } from '../support/rancher/server'

const TOKEN = 'token-abc12:abcdefghijkl'

interface Rig {
  app: App
  replay: ReplayServer
  rancher: TestRancher
}

const test = base.extend<{ rig: Rig }>({
  rig: async ({ context }, use) => {
    const cluster: DemoCluster = await startDemoCluster()
    const replay = await startReplayServer({ contextLength: 32_768 })
    const rancher = await startRancher({
      users: [{ id: 'user-dev', username: 'dev', token: TOKEN, clusters: ['local', 'c-m-abc12'] }],
      clusters: {
        local: { name: 'local', server: cluster.url },
        'c-m-abc12': { name: 'Staging in Hanoi', server: cluster.url },
      },
    })
    const app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      AUTH_MODE: 'rancher',
      RANCHER_URL: rancher.url,
      RANCHER_CA_FILE: rancher.caFile,
    })
    await context.addCookies([{ name: 'R_SESS', value: encodeURIComponent(TOKEN), url: app.url }])
    await use({ app, replay, rancher })
    await app.stop()
    await Promise.all([replay.close(), rancher.close(), cluster.close()])
  },
})

test('chooses the cluster before the first question, and keeps it afterwards', async ({ page, rig }) => {
  await page.goto(rig.app.url)
  const select = page.getByTestId('cluster-select')
  await expect(select).toContainText('local')
  await select.click()
  await page.getByRole('option', { name: 'Staging in Hanoi' }).click()
  await expect(page.getByTestId('status-line')).toContainText('Staging in Hanoi')
  rig.replay.enqueue(answer.text('All is well.'))
  await ask(page, 'hello')
  await answered(page)
  await expect(select).toBeDisabled()
  await page.reload()
  await expect(select).toContainText('Staging in Hanoi')
  await expect(select).toBeDisabled()
  expect(rig.rancher.requests.some(({ path }) => path.startsWith('/k8s/clusters/c-m-abc12/'))).toBe(true)
})

test('a question that is asked before the clusters are known waits for them', async ({
  page,
  rig: { app, replay },
}) => {
  let answerClusters = (): void => undefined
  const held = new Promise<void>((resolve) => (answerClusters = resolve))
  await page.route('**/api/clusters', async (route) => {
    await held
    await route.continue()
  })
  replay.enqueue(answer.text('All is well.'))
  await page.goto(app.url)
  await ask(page, 'hello')
  await expect(page.getByTestId('status-line')).toBeVisible()
  await expect(page.getByTestId('chat-error')).toHaveCount(0)
  answerClusters()
  await answered(page)
  await expect(page.getByTestId('message-assistant')).toContainText('All is well.')
})

test('pins and attached objects stay with their cluster', async ({ page, rig: { app, replay } }) => {
  replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }), answer.text('These.'))
  await page.goto(app.url)
  await ask(page, 'pods')
  await answered(page)
  await page.getByTestId('object-name').first().click()
  await page.getByTestId('object-pin').click()
  await page.getByTestId('object-close').click()
  await prompt(page).pressSequentially('Why does @cart')
  await page.getByRole('option').first().click()
  await expect(page.getByTestId('scope-objects')).toBeVisible()
  await page.getByTestId('new-conversation').click()
  await page.getByTestId('cluster-select').click()
  await page.getByRole('option', { name: 'Staging in Hanoi' }).click()
  await expect(page.getByTestId('scope-objects')).toHaveCount(0)
  replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }), answer.text('Others.'))
  await ask(page, 'pods')
  await answered(page)
  await page.getByTestId('object-name').first().click()
  await expect(page.getByTestId('object-title')).toBeVisible()
  await expect(page.getByTestId('object-pinned')).toHaveCount(0)
})

test('is led to Rancher when the session has ended', async ({ page, rig }) => {
  test.setTimeout(90_000)
  await page.goto(rig.app.url)
  await expect(page.getByTestId('user-name')).toContainText('dev')
  rig.rancher.logout('user-dev')
  await expect(page.getByTestId('login')).toContainText('Log in to Rancher', { timeout: 45_000 })
})

test.describe('in Vietnamese', () => {
  test.use({ locale: 'vi-VN' })

  test('has no English text', async ({ page, rig }) => {
    await page.goto(rig.app.url)
    await expect(page.getByTestId('cluster-select')).toHaveAttribute('aria-label', 'Cụm')
    expect(await englishOn(page)).toEqual([])
  })
})
