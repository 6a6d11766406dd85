/** A dropped or pasted manifest, and what it would change. */
import type { Page } from '@playwright/test'
import { drop, paste } from '../../support/e2e/attach'
import { expectAccessible } from '../../support/e2e/axe'
import { answered, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer } from '../../support/ollama'

const CANARY = 'xai-canary-0c4e9d17b3a84f60'

const manifest = `apiVersion: v1
kind: ConfigMap
metadata: {name: fresh, namespace: shop}
data: {mode: fast}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {replicas: 5}
---
apiVersion: v1
kind: Secret
metadata: {name: login, namespace: shop}
stringData: {password: ${CANARY}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`

const result = (page: Page) => page.getByTestId('result-plan')

test('a dropped manifest shows by keyboard what it would change, without the model, and the model reads it', async ({
  page,
  scripted: { url, replay },
}) => {
  await page.goto(url)
  await drop(page, 'shop.yaml', manifest)
  const button = page.getByRole('button', { name: 'Dry run · 4 objects: shop.yaml' })
  const asked = replay.chats().length
  await button.focus()
  await page.keyboard.press('Enter')
  await answered(page)
  expect(replay.chats()).toHaveLength(asked)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dry run of shop.yaml')
  await expect(result(page).getByTestId('plan-title')).toHaveText(
    'Dry run: 1 to create, 1 to change, 1 unchanged, 1 refused',
  )
  await expect(result(page).getByTestId('plan-read-only')).toContainText('Nothing was changed')
  await expect(result(page).getByTestId('plan-refused')).toContainText(/Line 12: .*does not write Secrets/)
  await expect(result(page).getByTestId('plan-unchanged')).toHaveText('1 unchanged: Namespace shop')
  const objects = result(page).getByTestId('approval-object')
  await expect(objects).toHaveCount(2)
  await expect(objects.first()).toContainText('mode: fast')
  await expect(objects.last()).toContainText('replicas: 5')
  expect(await page.content()).not.toContain(CANARY)
  await expectAccessible(page)

  // The chip stays, and the question that follows is about both.
  replay.enqueue(answer.text('It would scale web to 5.'))
  await prompt(page).fill('What would it do?')
  await prompt(page).press('Enter')
  await answered(page)
  const read = JSON.stringify(replay.chats().at(-1)?.messages)
  expect(read).toContain('NOT RUN: this was a dry run')
  expect(read).not.toContain(CANARY)
})

test('a short pasted manifest is an attachment; its dry run is repeated, and gone with the page', async ({
  page,
  scripted: { url },
}) => {
  await page.goto(url)
  await paste(page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: not-there}\n')
  await page.getByTestId('dry-run').click()
  await answered(page)
  await expect(result(page).getByTestId('plan-refused')).toContainText('not-there')
  await page.getByTestId('regenerate').click()
  await answered(page)
  await expect(result(page)).toHaveCount(1)
  await expect(page.getByTestId('message-user')).toHaveCount(1)
  await page.reload()
  await expect(result(page)).toBeVisible()
  await expect(page.getByTestId('regenerate')).toHaveCount(0)
})

test.describe('in Vietnamese', () => {
  test.use({ locale: 'vi-VN', viewport: { width: 420, height: 800 } })

  test('a narrow page with forced colours shows the dry run without sideways scroll', async ({
    page,
    scripted: { url },
  }) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await page.goto(url)
    await drop(page, 'shop.yaml', manifest)
    await page.getByRole('button', { name: 'Chạy thử · 4 đối tượng: shop.yaml' }).click()
    await expect(result(page).getByTestId('plan-title')).toContainText('Chạy thử: 1 sẽ được tạo, 1 sẽ thay đổi')
    await expect(result(page).getByTestId('plan-read-only')).toContainText('Chưa có gì thay đổi')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await expectAccessible(page)
  })
})
