import { answer } from '../support/ollama'
import { answered, expect, test } from '../support/e2e/fixtures'

test.describe('in a Vietnamese browser', () => {
  test.use({ locale: 'vi-VN' })

  test('the page speaks Vietnamese, and answers a question in it', async ({ page, demoUrl }) => {
    await page.goto(demoUrl)
    await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
    await page.getByRole('button', { name: 'Cho tôi xem tất cả các pod' }).click()
    await answered(page)
    const card = page.getByTestId('tool-card')
    await expect(card.getByRole('searchbox', { name: 'Lọc dòng' })).toBeVisible()
    await expect(card.getByTestId('result-table')).toContainText('CrashLoopBackOff')
    await expect(card.getByTestId('result-table')).toContainText(/\d+ dòng/)
    await expect(page.getByTestId('message-assistant')).toContainText('Bảng bên dưới là dữ liệu của chính cụm')
  })

  test('an approval names in Vietnamese what a deletion also deletes', async ({ page, approving }) => {
    const { url, replay } = approving
    replay.enqueue(answer.toolCall('kubectl_delete', { resource: 'namespace', name: 'payments' }))
    await page.goto(url)
    await page.getByRole('textbox', { name: 'Câu hỏi của bạn' }).fill('xóa namespace payments')
    await page.keyboard.press('Enter')
    const card = page.getByTestId('approval-card')
    await expect(card.getByTestId('approval-notes')).toContainText('Cũng xóa mọi thứ trong namespace payments')
    await expect(card).toContainText('Để phê duyệt, hãy nhập tên')
    await expect(card).not.toContainText('Also deletes')
  })

  test('a change to English stays over a reload, and can be taken back', async ({ page, demoUrl }) => {
    await page.goto(demoUrl)
    const choose = async (name: string) => {
      await page.getByTestId('settings').click()
      await page.getByTestId('setting-language').click()
      await page.getByRole('option', { name }).click()
      // The list takes Escape until it is gone.
      await expect(page.getByRole('option')).toHaveCount(0)
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('settings-sheet')).toHaveCount(0)
    }
    await expect(page.getByRole('textbox', { name: 'Câu hỏi của bạn' })).toBeVisible()
    await choose('English')
    for (const visit of ['first', 'reloaded']) {
      await expect(page.getByRole('textbox', { name: 'Your question' }), visit).toBeVisible()
      await expect(page.locator('html'), visit).toHaveAttribute('lang', 'en')
      if (visit === 'first') await page.reload()
    }
    await choose('As the browser')
    await expect(page.getByRole('textbox', { name: 'Câu hỏi của bạn' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
  })
})

test.describe('in a French browser', () => {
  test.use({ locale: 'fr-FR' })

  test('the page speaks English', async ({ page, demoUrl }) => {
    await page.goto(demoUrl)
    await expect(page.getByRole('textbox', { name: 'Your question' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})
