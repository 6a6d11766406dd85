/** Twenty questions about thousands of pods with known figures. */
import { checkAnswer, countingQuestions } from '../../support/kube/counting-questions'
import { createKnownPods } from '../../support/kube/known-pods'
import { openKubeApi } from '../../support/kube/kube-api'
import { startMcpProgram } from '../../support/mcp/program'
import type { Series } from '../types'

export const large: Series = {
  name: 'large',
  what: 'counts, ages, restarts, images and owners of 5,000 pods in 40 namespaces are right',
  runs: 20,
  needs: ['TEST_KUBECONFIG'],
  run: async ({ runs, env, log }) => {
    const kubeconfig = env.TEST_KUBECONFIG ?? ''
    const api = await openKubeApi(kubeconfig)
    const started = performance.now()
    const made = await createKnownPods(api, { pods: 5000, namespaces: 40 })
    const creating = performance.now() - started
    const program = await startMcpProgram({ transport: 'stdio', env: { KUBECONFIG: kubeconfig } })
    const violations: string[] = []
    const times: number[] = []
    const questions = countingQuestions(made)
    try {
      for (let run = 0; run < runs; run++) {
        const one = questions[run % questions.length]
        if (!one) continue
        const from = performance.now()
        const { data } = await program.session.call('kubectl_get', { resource: 'pods', ...one.args })
        times.push(performance.now() - from)
        const wrong = checkAnswer(one, data)
        if (wrong !== undefined) violations.push(`${one.question}: ${wrong}`)
        log(`${one.question} ${wrong ?? 'right'}`)
      }
    } finally {
      await program.stop()
      await made.remove()
      await api.close()
    }
    const sorted = times.sort((one, other) => one - other)
    const figures = {
      'pods created in': `${Math.round(creating / 1000)} s`,
      'median of a question': `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms`,
    }
    return { runs, violations, figures }
  },
}
