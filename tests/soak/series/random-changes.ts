/** Random changes over all writing tools and many kinds: the card shows what happens. */
import { spawnSync } from 'node:child_process'
import { RandomChanges } from '../changes/random/session'
import type { Series } from '../types'

/** Number of changes after which every kind must have occurred. */
const ALL = 100

const VERBS = [
  ...[
    'apply',
    'create',
    'patch merge',
    'patch strategic',
    'patch json',
    'set image',
    'set env',
    'set requests',
    'scale',
  ],
  ...['rollout restart', 'rollout undo', 'rollout pause', 'rollout resume', 'label', 'annotate', 'delete'],
]
const OF_NODES = ['cordon', 'uncordon', 'drain']
const OF_HELM = ['helm install', 'helm upgrade', 'helm rollback', 'helm uninstall']

export const randomChanges: Series = {
  name: 'random-changes',
  what: 'what a card shows is what happens, but for the values that it calls assigned by the cluster',
  runs: 100,
  needs: ['TEST_KUBECONFIG'],
  run: async ({ runs, random, env, log }) => {
    const hasHelm = spawnSync(env.HELM_PATH ?? 'helm', ['version']).status === 0
    if (!hasHelm) log('not tried: charts: there is no helm program')
    const changes = await RandomChanges.start(env.TEST_KUBECONFIG ?? '', random, hasHelm)
    try {
      if (!changes.hasNode) log('not tried: nodes: the cluster makes none of an object')
      for (let at = 0; at < runs; at++) {
        await changes.make(at)
        if ((at + 1) % 10 === 0) log(`${at + 1} of ${runs} changes`)
      }
      const { violations, counts, verbs, kinds } = changes
      const wanted = [...VERBS, ...(changes.hasNode ? OF_NODES : []), ...(hasHelm ? OF_HELM : [])]
      if (runs >= ALL)
        violations.push(...wanted.filter((verb) => !verbs.has(verb)).map((verb) => `never made: ${verb}`))
      const covered = (all: Map<string, number>) => [...all].map(([name, count]) => `${name} ${count}`).join(', ')
      log(`verbs: ${covered(verbs)}`)
      log(`kinds: ${covered(kinds)}`)
      const figures = { verbs: verbs.size, kinds: kinds.size, ...counts }
      return { runs, violations, figures }
    } finally {
      await changes.close()
    }
  },
}
