import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { freePort, startApp, startKubernetesMcpServer } from '../support/app'
import { answer, createGate, startReplayServer } from '../support/ollama'
import { answered, ask, expect, test } from '../support/e2e/fixtures'

test('the state of the MCP server is pushed as it changes', async ({ page }) => {
  const cluster = await startDemoCluster()
  const replay = await startReplayServer({ contextLength: 32_768 })
  const options = { kubeconfig: cluster.kubeconfigPath, port: await freePort() }
  let mcp = await startKubernetesMcpServer(options)
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, MCP_SERVER_URL: mcp.url, MCP_TRANSPORT: 'http' })
  try {
    // Blocks polling: the page must learn the state from the socket.
    await page.route('**/health', (route) => route.abort())
    await page.goto(app.url)
    const status = page.getByTestId('status-mcp')
    await expect(status).toContainText('13 tools')
    await mcp.stop()
    await expect(status).not.toContainText('tools')
    await expect(page.getByTestId('health-alert')).toBeVisible()
    mcp = await startKubernetesMcpServer(options)
    await expect(status).toContainText('13 tools')
    await expect(page.getByTestId('health-alert')).toHaveCount(0)
  } finally {
    await app.stop()
    await mcp.stop()
    await replay.close()
    await cluster.close()
  }
})

test('a server that goes away and comes back is reported', async ({ page, proxied }) => {
  const { url, proxy } = proxied
  await page.goto(url)
  await expect(page.getByTestId('status-mcp')).toContainText('tools')
  await page.waitForFunction(() => performance.getEntriesByName('loaded-ahead').length > 0)
  proxy.setAway(true)
  await expect(page.getByTestId('health-alert')).toContainText('The server of this page cannot be reached.')
  // Loads the lazy parts that render a conversation.
  await ask(page, 'hello')
  await expect(page.getByTestId('message-user')).toContainText('hello')
  await expect(page.getByTestId('chat-error')).toBeVisible({ timeout: 40_000 })
  proxy.setAway(false)
  await expect(page.getByTestId('health-alert')).toHaveCount(0)
  await expect(page.getByTestId('status-mcp')).toContainText('tools')
})

test('says that the model is being loaded, and for how long', async ({ page, scripted }) => {
  const { url, replay } = scripted
  // After a server start the first load may still be running.
  await expect.poll(async () => (await (await fetch(`${url}/health`)).json()).model.status).toBe('ok')
  replay.state.loaded = false
  const gate = createGate()
  replay.enqueue(answer.hold(gate).text('Loaded.'))
  await page.goto(url)
  await ask(page, 'hello')
  const waiting = page.getByTestId('waiting')
  await expect(waiting).toHaveAttribute('data-waiting', 'loading-model')
  await expect(waiting).toContainText('takes minutes')
  await expect(page.getByTestId('elapsed')).toHaveText(/[2-9] sec/)
  gate.release()
  await expect(page.getByTestId('message-assistant')).toContainText('Loaded.')
  await answered(page)
  await expect(waiting).toHaveCount(0)
})

test('a server with too many questions reports it, and Retry asks again', async ({ page, context }) => {
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, MAX_TURNS: '1', SHUTDOWN_GRACE_SECONDS: '0' })
  try {
    replay.enqueue(answer.text('Half an ans').hold(createGate()), answer.text('Now it is your turn.'))
    await page.goto(app.url)
    await ask(page, 'hello')
    await expect(page.getByTestId('message-assistant')).toContainText('Half an ans')
    const other = await context.newPage()
    await other.goto(app.url)
    await ask(other, 'me too')
    const error = other.getByTestId('chat-error')
    await expect(error).toHaveAttribute('data-code', 'too-many-turns')
    await expect(error).toContainText(/[0-9a-f]{8}-[0-9a-f]{4}/)
    await page.getByTestId('stop').click()
    await expect(page.getByTestId('ending')).toBeVisible()
    await expect(async () => {
      await other.getByTestId('retry').click({ timeout: 1000 })
      await expect(other.getByTestId('message-assistant')).toContainText('Now it is your turn.', { timeout: 2000 })
    }).toPass()
  } finally {
    await app.stop()
    await replay.close()
  }
})
