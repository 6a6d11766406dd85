/**
 * Cluster, credentials, kubeconfig, program or session change between card and approval: nothing is written elsewhere.
 */
import { spawnSync } from 'node:child_process'
import { HELM_INSTALL, OPERATIONS } from '../changes/identity/operations'
import { newTally, runWay } from '../changes/identity/run'
import { WAYS } from '../changes/identity/ways'
import { NEEDS, openSides } from '../identity/sides'
import type { Side } from '../identity/side'
import { READERS } from '../identity/side'
import type { Series } from '../types'

/** Concurrent runs: most of a run waits for controllers and for the API server's token cache. */
const AT_ONCE = 3

export const changeIdentity: Series = {
  name: 'change-identity',
  what: 'a change is made on the cluster and as the user that its card names, or not at all',
  runs: 200,
  needs: NEEDS,
  run: async ({ runs, random, env, log }) => {
    const sides = await openSides(env)
    const tally = newTally()
    const violations: string[] = []
    try {
      await Promise.all([sides.ours, sides.theirs].map(allowWrites))
      const hasHelm = spawnSync(env.HELM_PATH ?? 'helm', ['version']).status === 0
      if (!hasHelm) log('not tried: charts: there is no helm program')
      const operations = hasHelm ? [...OPERATIONS, HELM_INSTALL] : OPERATIONS
      const ways = repeated(WAYS, runs, random.shuffle)
      const changes = repeated(operations, runs, random.shuffle)
      let next = 0
      const worker = async () => {
        while (next < runs) {
          const at = next++
          const [way, operation] = [ways[at], changes[at]]
          if (!way || !operation) return
          const found = await runWay({ at, way, operation, sides, random: random.fork(`run ${at}`), tally })
          violations.push(...found.map((text) => `run ${at + 1}: ${text}`))
          if ((at + 1) % 10 === 0) log(`${at + 1} of ${runs} runs`)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      const { done, refused, restored, either, foreignCluster, foreignUser } = tally
      const figures = {
        ways: new Set(ways).size,
        'kinds of change': new Set(changes).size,
        'writes on another cluster': foreignCluster,
        'writes as another user': foreignUser,
        'carried out': done,
        refused,
        'carried out after all was as before': restored,
        ...Object.fromEntries(Object.entries(either).map(([status, count]) => [`${status} in a race`, count])),
      }
      return { runs, violations, figures }
    } finally {
      await sides.remove()
    }
  },
}

/** All items equally often, in random order. */
function repeated<T>(items: readonly T[], count: number, shuffle: (items: readonly T[]) => T[]): T[] {
  return Array.from({ length: Math.ceil(count / items.length) }, () => shuffle(items))
    .flat()
    .slice(0, count)
}

/** Both readers get write access, so that only the program prevents one from writing as the other. */
async function allowWrites({ api, namespace }: Side): Promise<void> {
  await api.send('POST', `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name: 'writers' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
    subjects: READERS.map((name) => ({ kind: 'ServiceAccount', name, namespace })),
  })
}
