/** The page in a frame of Rancher, which moves on to another cluster. */
import { expect, test } from '@playwright/test'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { HostMessage } from '../../../shared/embed'
import { startApp } from '../../support/app'
import { startEmbedHost } from '../../support/e2e/embed-host'
import { answer, startReplayServer } from '../../support/ollama'
import { startRancher } from '../../support/rancher/server'

const TOKEN = 'token-abc12:abcdefghijkl'
const OTHER = 'c-m-abc12'

test.use({ ignoreHTTPSErrors: true })

test('opens an object in the cluster of its conversation', async ({ page, context }) => {
  const cluster = await startDemoCluster()
  const replay = await startReplayServer({ contextLength: 32_768 })
  const rancher = await startRancher({
    users: [{ id: 'user-dev', username: 'dev', token: TOKEN, clusters: ['local', OTHER] }],
    clusters: { local: { name: 'local', server: cluster.url }, [OTHER]: { name: 'staging', server: cluster.url } },
  })
  const host = await startEmbedHost()
  const app = await startApp({
    OLLAMA_BASE_URL: replay.url,
    AUTH_MODE: 'rancher',
    RANCHER_URL: rancher.url,
    RANCHER_CA_FILE: rancher.caFile,
    FRAME_ANCESTORS: "'self'",
    ALLOWED_HOSTS: 'rancher.test',
    SHUTDOWN_GRACE_SECONDS: '0',
  })
  host.forwards.push({ path: '/ai', url: app.url, stripped: true })
  const url = `https://rancher.test:${host.port}`
  const show = (id: string) =>
    page.evaluate((message) => window.host.connection?.send(message), {
      type: 'context',
      context: { cluster: id, namespaces: [], resources: [] },
    } satisfies HostMessage)
  try {
    await context.addCookies([{ name: 'R_SESS', value: encodeURIComponent(TOKEN), url }])
    await page.goto(`${url}/?src=/ai/`)
    const frame = page.frameLocator('iframe')
    await expect(frame.getByTestId('prompt')).toBeVisible()
    await expect.poll(() => page.evaluate(() => window.host.events)).toContain('ready')
    await show('local')
    replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }), answer.text('These.'))
    await frame.getByTestId('prompt').fill('pods')
    await frame.getByTestId('prompt').press('Enter')
    await expect(frame.getByTestId('object-link').first()).toBeVisible()
    await show(OTHER)
    // Handled after the context, so that this is the host's.
    await page.evaluate((message) => window.host.connection?.send(message), {
      type: 'theme',
      theme: 'dark',
    } satisfies HostMessage)
    await expect(frame.locator('html')).toHaveClass(/dark/)
    await frame.getByTestId('object-link').first().click()
    await expect
      .poll(() => page.evaluate(() => window.host.received.filter(({ type }) => type === 'navigate')))
      .toMatchObject([{ cluster: 'local' }])
  } finally {
    await app.stop()
    await Promise.all([host.close(), replay.close(), rancher.close(), cluster.close()])
  }
})
