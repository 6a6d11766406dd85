/** A sample of the soak series `large`: the same questions about fewer pods. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testKubeconfig } from '../../support/app'
import { checkAnswer, countingQuestions } from '../../support/kube/counting-questions'
import type { CountingQuestion } from '../../support/kube/counting-questions'
import { createKnownPods } from '../../support/kube/known-pods'
import type { KnownPods } from '../../support/kube/known-pods'
import { openKubeApi } from '../../support/kube/kube-api'
import type { KubeApi } from '../../support/kube/kube-api'
import { startMcpProgram } from '../../support/mcp/program'
import type { McpProgram } from '../../support/mcp/program'

describe.skipIf(!testKubeconfig)('many pods on the real API server', () => {
  let api: KubeApi
  let made: KnownPods
  let program: McpProgram

  beforeAll(async () => {
    api = await openKubeApi(testKubeconfig ?? '')
    made = await createKnownPods(api, { pods: 1300, namespaces: 8 })
    program = await startMcpProgram({ transport: 'stdio', env: { KUBECONFIG: testKubeconfig ?? '' } })
  })

  afterAll(async () => {
    await program?.stop()
    await made?.remove()
    await api?.close()
  })

  const QUESTIONS = countingQuestions({ prefix: '', pods: [], remove: async () => undefined }).map(
    ({ question }) => question,
  )

  it.each(QUESTIONS)('%s', async (question) => {
    const one: CountingQuestion | undefined = countingQuestions(made).find((each) => each.question === question)
    if (!one) throw new Error('no such question')
    const { data } = await program.session.call('kubectl_get', { resource: 'pods', ...one.args })
    expect(checkAnswer(one, data)).toBeUndefined()
  })
})
