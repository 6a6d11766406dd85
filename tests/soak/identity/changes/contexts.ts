/** The kubeconfig points to another context, another cluster, or nothing. */
import { writeFileSync } from 'node:fs'
import type { Change } from '../change'
import { clusterEntry } from '../kubeconfig'
import type { World } from '../world'

const CHANGED = ['cluster-changed'] as const
const UNREADABLE = ['kubeconfig'] as const

/** Starts on our cluster with a fresh token. */
async function start(world: World, options: Partial<Parameters<World['start']>[0]> = {}): Promise<void> {
  const { value } = await world.ours.token('reader-1')
  await world.start({ user: { token: value }, ...options })
}

/** After a refusal, the former kubeconfig makes questions work again. */
async function restored(world: World, former: World['config']): Promise<void> {
  world.write(former)
  await world.expectOurs('after the kubeconfig was restored')
}

async function refused(world: World, change: () => void, codes: readonly string[]): Promise<void> {
  const former = world.config
  change()
  await world.expectError('after the change', codes)
  await restored(world, former)
}

/** The other cluster under our names. */
function disguised({ config, theirs }: World): Partial<World['config']> {
  const clusters = config.clusters.map((each) => ({ ...each, cluster: clusterEntry(theirs) }))
  const users = config.users.map((each) => ({ ...each, user: theirs.api.user }))
  return { clusters, users }
}

export const CONTEXT_CHANGES: readonly Change[] = [
  {
    name: 'current-context names the other context (cluster-3)',
    run: async (world) => {
      await start(world)
      world.change({ currentContext: 'theirs' })
      await world.expectOurs('after use-context')
      world.change({ currentContext: 'ours' })
      await world.expectOurs('after use-context back')
    },
  },
  {
    name: 'the context is renamed',
    run: async (world) => {
      await start(world)
      const contexts = world.config.contexts.map((each) => (each.name === 'ours' ? { ...each, name: 'renamed' } : each))
      await refused(world, () => world.change({ contexts, currentContext: 'renamed' }), UNREADABLE)
    },
  },
  {
    name: 'only the other context is left',
    run: async (world) => {
      await start(world)
      const contexts = world.config.contexts.filter((each) => each.name === 'theirs')
      await refused(world, () => world.change({ contexts, currentContext: 'theirs' }), UNREADABLE)
    },
  },
  {
    name: 'the context names the other cluster and user',
    run: async (world) => {
      await start(world)
      const contexts = world.config.contexts.map((each) => ({
        ...each,
        context: { cluster: 'theirs', user: 'theirs' },
      }))
      await refused(world, () => world.change({ contexts }), CHANGED)
    },
  },
  {
    name: "the cluster's entry names the other API server",
    run: async (world) => {
      await start(world)
      await refused(world, () => world.change(disguised(world)), CHANGED)
    },
  },
  {
    name: "two contexts change places under each other's name",
    run: async (world) => {
      await start(world)
      const swapped = { ours: 'theirs', theirs: 'ours' }
      const rename = (name: string) => (name === 'ours' ? swapped.ours : swapped.theirs)
      const contexts = world.config.contexts.map((each) => ({ ...each, name: rename(each.name) }))
      await refused(world, () => world.change({ contexts }), CHANGED)
    },
  },
  {
    name: 'the kubeconfig is removed',
    run: async (world) => {
      await start(world)
      await refused(world, () => world.layout.remove(), UNREADABLE)
    },
  },
  {
    name: 'the kubeconfig is broken',
    run: async (world) => {
      await start(world, { layout: 'in place' })
      const [path = ''] = world.layout.paths
      await refused(world, () => writeFileSync(path, 'apiVersion: v1\nclusters: [{'), UNREADABLE)
      await refused(world, () => writeFileSync(path, ''), UNREADABLE)
    },
  },
  {
    name: 'the contents of several files change places',
    run: async (world) => {
      await start(world, { layout: 'several files' })
      world.write(world.config)
      await world.expectOurs('after the first exchange')
      world.change({ currentContext: 'theirs' })
      await world.expectOurs('after use-context with the second')
    },
  },
  {
    name: 'the kubeconfig changes while questions are answered',
    run: async (world) => {
      await start(world)
      const former = world.config
      const contexts = former.contexts.map((each) => ({ ...each, context: { cluster: 'theirs', user: 'theirs' } }))
      const variants = [
        { ...former, currentContext: 'theirs' },
        { ...former, contexts },
        { ...former, ...disguised(world) },
        former,
      ]
      for (let at = 0; at < 8; at++) {
        const questions = [1, 2, 3, 4].map(() => world.expectNotTheirs('while the kubeconfig changes'))
        await new Promise((turn) => setTimeout(turn, world.random.next() * 10))
        world.write(world.random.pick(variants))
        await Promise.all(questions)
      }
      await restored(world, former)
    },
  },
]
