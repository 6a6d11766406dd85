/** Changes of the demo cluster without configuration: demo model, our own MCP server, and an approving user. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import type { Pending } from '../../support/approvals'
import { CHART } from '../../support/writes'

let app: App
beforeAll(async () => {
  app = await startApp({ DEMO: '1' })
})
afterAll(() => app?.stop())

let count = 0

/** Approves the single card. */
async function change(question: string): Promise<{ card: Pending; words: string }> {
  const id = `demo-change-${++count}`
  const asked = await postChat(app.url, question, { id })
  const [card, ...others] = asked.approvals ?? []
  if (!card || others.length > 0) throw new Error(`not one card: ${JSON.stringify(asked)}`)
  const { message } = await postChat(app.url, question, { id, approvals: [answerTo(card, { approved: true })] })
  return { card, words: message.content }
}

it('previews each change, makes it, and reports the result', async () => {
  const scaled = await change('Scale web to 4')
  expect(scaled.card.objects[0]).toMatchObject({ diff: expect.stringContaining('-  replicas: 3\n+  replicas: 4') })
  expect(scaled.words).toContain(
    'Deployment `web` in namespace `shop` was scaled to 4. Afterwards: 4 of 4 replicas are ready.',
  )
  expect((await change('Restart deployment web in shop')).words).toContain('was restarted. Afterwards: 4 of 4 replicas')
  const image = await change('Set the image of deployment web in shop to nginx:1.29')
  expect(image.words).toContain('was set to `nginx:1.29`. Afterwards: 4 of 4 replicas')
  expect((await change('Hoàn tác deployment web trong shop')).words).toContain(
    'đã được đưa về phiên bản trước. Sau đó: 4 of 4',
  )
  expect((await change('Gắn nhãn team=front cho deployment web trong shop')).words).toContain(
    'đã được thay đổi: `team=front`',
  )
})

it('drains a node by its name', async () => {
  const { card, words } = await change('Drain node demo-worker-1')
  expect(card.confirm).toContain('demo-worker-1')
  expect(words).toContain('Node `demo-worker-1` was drained.')
  expect((await change('Bỏ cordon node demo-worker-1')).words).toContain('đã được bỏ cordon')
})

it('says that there is nothing to take back', async () => {
  const { message, approvals = [] } = await postChat(app.url, 'Roll back deployment redis in shop')
  expect(approvals).toEqual([])
  expect(message.content).toContain('Deployment redis has no earlier revision')
})

it('quotes what Helm needs where it is not installed, in English and Vietnamese', async () => {
  const withoutHelm = await startApp({ DEMO: '1', HELM_PATH: '/nowhere/helm' })
  try {
    for (const [question, words] of [
      [`Install chart ${CHART} as hi in namespace shop`, 'nothing was changed. '],
      [`Cài đặt chart ${CHART} với tên hi trong namespace shop`, 'không có gì thay đổi. Máy chủ cho biết: “'],
    ] as const) {
      const { message, approvals = [] } = await postChat(withoutHelm.url, question)
      expect(approvals).toEqual([])
      expect(message.content).toContain(words)
      expect(message.content).toContain('Install Helm 3 or 4')
    }
  } finally {
    await withoutHelm.stop()
  }
})
