/** The kubeconfig points to another context, another cluster, or nothing. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { toYaml } from '../../../identity/kubeconfig'
import type { Kubeconfig, LayoutName } from '../../../identity/kubeconfig'
import { CHANGED } from '../way'
import type { Way } from '../way'
import { behind, entryOf } from '../world'
import type { World } from '../world'

const UNREADABLE = { refused: ['kubeconfig'] } as const

/** The other cluster under our names, with the same login. */
function disguised({ config, gates }: World): Kubeconfig {
  return { ...config, clusters: config.clusters.map((each) => ({ ...each, cluster: behind(gates.theirs.url) })) }
}

async function plainConfig(world: World): Promise<Kubeconfig> {
  return world.kubeconfig(entryOf(await world.operator()))
}

const restore = async (world: World) => world.write(await plainConfig(world))

function replaced(layout: LayoutName): Way {
  return {
    name: `the kubeconfig is replaced ${layout}, and names the other cluster`,
    start: (world) => world.start({ layout }),
    between: (world) => world.write(disguised(world)),
    expected: CHANGED,
    restore,
  }
}

const firstFile = (world: World) => join(world.options.folder, 'first')

export const KUBECONFIG_WAYS: readonly Way[] = [
  {
    name: 'current-context names the other context',
    between: (world) => world.change({ currentContext: 'theirs' }),
    expected: 'done',
  },
  replaced('in place'),
  replaced('by rename'),
  replaced('mounted'),
  replaced('several files'),
  {
    name: 'the context names the other cluster and its user',
    between: (world) => {
      const context = { cluster: 'theirs', user: 'theirs' }
      world.change({ contexts: world.config.contexts.map((each) => ({ ...each, context })) })
    },
    expected: CHANGED,
    restore,
  },
  {
    name: 'another file comes first in KUBECONFIG',
    start: async (world) => {
      const second = join(world.options.folder, 'second')
      writeFileSync(second, toYaml(await plainConfig(world)))
      await world.start({ layout: 'in place', env: { KUBECONFIG: `${firstFile(world)}:${second}` } })
    },
    between: (world) => writeFileSync(firstFile(world), toYaml(disguised(world))),
    expected: CHANGED,
    restore: (world) => rmSync(firstFile(world)),
  },
  {
    name: 'the kubeconfig is removed',
    between: (world) => world.layout.remove(),
    expected: UNREADABLE,
    restore,
  },
  {
    name: 'the context is renamed',
    between: (world) => {
      const contexts = world.config.contexts.map((each) => (each.name === 'ours' ? { ...each, name: 'renamed' } : each))
      world.change({ contexts, currentContext: 'renamed' })
    },
    expected: UNREADABLE,
    restore,
  },
  {
    name: 'the kubeconfig names our cluster by another URL',
    between: (world) => {
      const server = world.gates.ours.url.replace('127.0.0.1', 'localhost')
      world.change({ clusters: world.config.clusters.map((each) => ({ ...each, cluster: behind(server) })) })
    },
    expected: CHANGED,
    restore,
  },
  {
    name: 'the kubeconfig changes while the approval is carried out',
    between: () => undefined,
    during: async (world, ended) => {
      const variants = [disguised(world), { ...world.config, currentContext: 'theirs' }, world.config]
      while (!ended()) {
        world.write(world.options.random.pick(variants))
        await delay(world.options.random.next() * 30)
      }
    },
    expected: 'either',
  },
]
