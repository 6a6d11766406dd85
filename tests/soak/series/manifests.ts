/**
 * Random manifests: our JSON equals that of `kubectl create --dry-run=client -o json`, or the refusal names the line.
 */
import { compareManifests, type Comparison } from '../../support/kube/manifests/compare'
import type { Series } from '../types'

/** Manifests for each call of kubectl. */
const BATCH = 250

export const manifests: Series = {
  name: 'manifests',
  what: 'a manifest is read as kubectl reads it, or refused with the line',
  runs: 10_000,
  needs: ['TEST_KUBECONFIG'],
  run: async ({ runs, random, env, log }) => {
    const total: Comparison = { same: 0, refusedByBoth: 0, refusedByUs: 0, notComparable: 0, violations: [] }
    for (let from = 0; from < runs; from += BATCH) {
      const count = Math.min(BATCH, runs - from)
      const found = await compareManifests(env.TEST_KUBECONFIG ?? '', random, from, count)
      total.same += found.same
      total.refusedByBoth += found.refusedByBoth
      total.refusedByUs += found.refusedByUs
      total.notComparable += found.notComparable
      total.violations.push(...found.violations)
      if ((from + count) % 1000 === 0) log(`${from + count} of ${runs} manifests`)
    }
    const { same, refusedByBoth, refusedByUs, notComparable, violations } = total
    const figures = {
      'the same JSON': same,
      'refused by both': refusedByBoth,
      'refused by us alone': refusedByUs,
      'of a kind that the cluster does not have': notComparable,
    }
    return { runs, violations, figures }
  },
}
