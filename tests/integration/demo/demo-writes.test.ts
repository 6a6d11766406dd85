import { afterAll, beforeAll, expect, it } from 'vitest'
import { hasHelm, startApp } from '../../support/app'
import type { App } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import type { Decision } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { columnsOf, tableOf } from '../../support/chat'
import { CHART, CHARTS } from '../../support/writes'

let app: App
beforeAll(async () => {
  app = await startApp({ DEMO: '1', ACCESS_MODE: 'approve', ...CHARTS })
})
afterAll(() => app?.stop())

let count = 0

/** Asks the demo model for a change and answers its single card. */
async function change(question: string, decision: Decision): Promise<ChatAnswer> {
  const id = `demo-${++count}`
  const asked = await postChat(app.url, question, { id })
  expect(asked.finishReason, JSON.stringify(asked)).toBe('approval-required')
  expect(asked.approvals).toHaveLength(1)
  return await postChat(app.url, question, {
    id,
    approvals: (asked.approvals ?? []).map((each) => answerTo(each, decision)),
  })
}

const outcomes = ({ toolCalls }: ChatAnswer) =>
  toolCalls.flatMap(({ result }) =>
    result.kind === 'outcome' ? result.objects.map(({ kind, name, state }) => `${kind} ${name}: ${state}`) : [],
  )
const wordsOf = ({ message }: ChatAnswer) => message.content
const YES: Decision = { approved: true }

it('scales after approval, and reports the result', async () => {
  const done = await change('Scale the deployment web to 5', YES)
  expect(outcomes(done)).toEqual(['Deployment web: updated'])
  expect(wordsOf(done)).toContain('web')
  const { toolCalls } = await postChat(app.url, 'List deployments in namespace shop')
  expect(columnsOf(tableOf(toolCalls[0]?.result), ['NAME', 'READY'])).toContainEqual(['web', '5/5'])
})

it('leaves everything unchanged if the user declines', async () => {
  const done = await change('Xóa deployment redis trong shop', { approved: false, reason: 'chưa phải lúc' })
  expect(wordsOf(done)).toContain('Bạn đã từ chối, nên không có gì thay đổi. Bạn nói: chưa phải lúc')
  expect(wordsOf(await postChat(app.url, 'List deployments in namespace shop'))).toMatch(/^3 deployments/)
})

it('makes a namespace, and deletes it by its name', async () => {
  expect(outcomes(await change('Create namespace lab', YES))).toEqual(['Namespace lab: created'])
  expect(wordsOf(await change('Delete namespace lab', { approved: true, reason: 'shop' }))).toContain('has to be typed')
  expect(outcomes(await change('Delete namespace lab', YES))[0]).toMatch(/^Namespace lab: (deleted|terminating)$/)
})

it.skipIf(!hasHelm())('installs a chart, lists and uninstalls its release', async () => {
  await change('Create namespace helm-lab', YES)
  const installed = await change(`Install chart ${CHART} as hi in namespace helm-lab`, YES)
  expect(installed.toolCalls[0], JSON.stringify(installed.toolCalls)).toMatchObject({ status: 'ok' })
  const listed = await postChat(app.url, 'List Helm releases in helm-lab')
  expect(wordsOf(listed)).toContain('1 Helm release in namespace `helm-lab`')
  const removed = await change('Uninstall release hi in helm-lab', YES)
  expect(removed.toolCalls[0], JSON.stringify(removed.toolCalls)).toMatchObject({ status: 'ok' })
})

it('applies a ConfigMap over the one that is there', async () => {
  const done = await change('Set THEME=winter in configmap web-config in shop', YES)
  expect(outcomes(done)).toEqual(['ConfigMap web-config: updated'])
})
