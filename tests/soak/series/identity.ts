/** Context, kubeconfig, credentials or process change between two questions: no answer comes from another cluster. */
import { CHANGES } from '../identity/changes'
import { newTally, runChange } from '../identity/run-change'
import { NEEDS, openSides } from '../identity/sides'
import type { Series } from '../types'

/** Concurrent runs: most of a run waits for the API server's token cache. */
const AT_ONCE = 3

export const identity: Series = {
  name: 'identity',
  what: 'no answer from another cluster, and renewed credentials work at the next question',
  runs: 100,
  needs: NEEDS,
  run: async ({ runs, random, env, log }) => {
    const sides = await openSides(env)
    const tally = newTally()
    const violations: string[] = []
    try {
      const possible = CHANGES.filter(({ name, impossible }) => {
        const why = impossible?.(sides)
        if (why !== undefined) log(`not tried: ${name}: ${why}`)
        return why === undefined
      })
      const rounds = Math.ceil(runs / possible.length)
      const plan = Array.from({ length: rounds }, () => random.shuffle(possible))
        .flat()
        .slice(0, runs)
      let next = 0
      const worker = async () => {
        while (next < plan.length) {
          const at = next++
          const change = plan[at]
          if (!change) return
          const found = await runChange(change, sides, random.fork(`run ${at}`), tally)
          violations.push(...found.map((text) => `run ${at + 1}: ${text}`))
          if ((at + 1) % 10 === 0) log(`${at + 1} of ${plan.length} runs`)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      const { questions, ours, theirs, refused, renewed } = tally
      const figures = {
        changes: possible.length,
        questions,
        'answered by the right cluster': ours,
        'answered by the other cluster': theirs,
        'refused with an error': refused,
        'answered with renewed credentials': renewed,
      }
      return { runs: plan.length, violations, figures }
    } finally {
      await sides.remove()
    }
  },
}
