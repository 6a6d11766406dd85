import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import { manyPods, startClusterProxy } from '../../support/cluster/cluster-proxy'
import { answered, ask, expect, test } from '../../support/e2e/fixtures'
import { answer, startReplayServer } from '../../support/ollama'

test('5,000 pods are a table of 5,000 rows, few of them in the DOM, and the next question posts none of them', async ({
  page,
}) => {
  const cluster = await startDemoCluster()
  const proxy = await startClusterProxy(cluster, manyPods(cluster, 5000))
  const replay = await startReplayServer({ contextLength: 32_768 })
  const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: proxy.kubeconfig })
  try {
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true }),
      answer.text('Many.'),
      answer.text('Still here.'),
    )
    await page.goto(app.url)
    await ask(page, 'Show me all pods')
    await answered(page)
    const table = page.getByTestId('result-table')
    await expect(table.getByTestId('row-count')).toHaveText(/5,000 rows/)
    expect(await table.locator('tbody tr').count()).toBeLessThan(100)
    await table.getByRole('searchbox', { name: 'Filter rows' }).fill('pod-04999')
    await expect(table.getByTestId('row-count')).toHaveText(/^1 of 5,000/)
    const posted = page.waitForRequest((request) => request.url().endsWith('/api/chat'))
    await ask(page, 'and now?')
    await expect(page.getByTestId('message-assistant').last()).toContainText('Still here.')
    expect((await posted).postData()?.length).toBeLessThan(50_000)
    await page.reload()
    await expect(table.getByTestId('row-count')).toHaveText(/5,000 rows/)
  } finally {
    await app.stop()
    await replay.close()
    await proxy.close()
    await cluster.close()
  }
})
