import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../support/app'
import type { App } from '../support/app'
import { answerTo, postChat } from '../support/approvals'
import type { Decision, WriteAnswer } from '../support/approvals'
import { CHART } from '../support/writes'

let app: App
beforeAll(async () => {
  app = await startApp({ DEMO: '1', ACCESS_MODE: 'approve' })
})
afterAll(() => app?.stop())

let count = 0

/** Asks the demo model for a change of the demo cluster, and decides over the one card that comes. */
async function change(question: string, decision: Decision): Promise<WriteAnswer> {
  const id = `demo-${++count}`
  const asked = await postChat(app.url, question, { id })
  expect(asked.finishReason).toBe('approval-required')
  expect(asked.approvals).toHaveLength(1)
  return await postChat(app.url, question, {
    id,
    approvals: (asked.approvals ?? []).map((each) => answerTo(each, decision)),
  })
}

const wordsOf = ({ message }: WriteAnswer) => message.content
const YES: Decision = { approved: true }

it('scales after approval, reads it back, and says what is there', async () => {
  const done = await change('Scale the deployment web to 5', YES)
  expect(done.toolCalls.map(({ status }) => status)).toEqual(['ok', 'ok'])
  expect(wordsOf(done)).toMatch(/Deployment `web` in namespace `shop` was scaled to 5\.[^]*with READY [35]\/5/)
})

it('leaves everything as it is where the person declines', async () => {
  const done = await change('Xóa deployment redis trong shop', { approved: false, reason: 'chưa phải lúc' })
  expect(wordsOf(done)).toContain('Bạn đã từ chối, nên không có gì thay đổi. Bạn nói: chưa phải lúc')
  expect(wordsOf(await postChat(app.url, 'List deployments in namespace shop'))).toMatch(/^3 deployments/)
})

it('makes a namespace, installs a chart there, lists and uninstalls it, and deletes the namespace by its name', async () => {
  expect(wordsOf(await change('Create namespace lab', YES))).toContain('Namespace `lab` was applied.')
  const installed = await change(`Install chart ${CHART} as hi in namespace lab`, YES)
  expect(wordsOf(installed)).toMatch(/was installed as release `hi`[^]*STATUS deployed/)
  expect(wordsOf(await postChat(app.url, 'List Helm releases in lab'))).toContain('1 Helm release in namespace `lab`')
  const removed = await change('Uninstall release hi in lab', YES)
  expect(wordsOf(removed)).toMatch(/was uninstalled\. The cluster no longer lists release `hi`\./)
  expect(wordsOf(await change('Delete namespace lab', { approved: true, reason: 'shop' }))).toContain('has to be typed')
  expect(wordsOf(await change('Delete namespace lab', YES))).toContain('The cluster no longer lists Namespace `lab`.')
})

it('applies a ConfigMap over the one that is there', async () => {
  const done = await change('Set THEME=winter in configmap web-config in shop', YES)
  expect(wordsOf(done)).toMatch(/ConfigMap `web-config` in namespace `shop` was applied\./)
})
