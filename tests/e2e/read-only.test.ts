import { startApp } from '../support/app'
import { answer, startReplayServer } from '../support/ollama'
import { expect, test } from '../support/e2e/fixtures'

test.describe('in read-only mode', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('a change is shown with its diff and a command to copy, in both languages, and nobody can approve it', async ({
    page,
  }) => {
    const replay = await startReplayServer({ contextLength: 32_768 })
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'read-only' })
    try {
      replay.enqueue(
        answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 5 }),
        answer.text('It would have 5 replicas.'),
      )
      await page.goto(app.url)
      await page.getByRole('textbox', { name: 'Your question' }).fill('scale web to 5')
      await page.keyboard.press('Enter')
      const plan = page.getByTestId('result-plan')
      await expect(plan.getByTestId('plan-title')).toContainText('Scale Deployment web in shop')
      await expect(plan.getByTestId('plan-read-only')).toContainText('nothing was changed')
      await expect(plan.getByTestId('approval-diff')).toContainText('replicas: 5')
      const command = plan.getByTestId('plan-command')
      await expect(command).toContainText('kubectl scale deployment/web --replicas=5 --namespace=shop')
      await expect(page.getByTestId('tool-status')).toHaveText('Not run')
      await expect(page.getByTestId('approve')).toHaveCount(0)
      await plan.getByRole('button', { name: 'Copy the command' }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await command.innerText())

      await page.getByTestId('settings').click()
      await page.getByTestId('setting-language').click()
      await page.getByRole('option', { name: 'Tiếng Việt' }).click()
      await page.keyboard.press('Escape')
      await expect(plan.getByTestId('plan-read-only')).toContainText('chưa có gì thay đổi')
      await expect(plan).toContainText('Lệnh để bạn tự chạy')
      await page.reload()
      await expect(plan.getByTestId('plan-command')).toContainText('kubectl scale')
    } finally {
      await app.stop()
      await replay.close()
    }
  })
})
