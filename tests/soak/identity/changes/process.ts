/** The MCP program is killed and restarted by the application after something changed. */
import type { Change } from '../change'
import { clusterEntry } from '../kubeconfig'
import { READERS, tokenUser } from '../side'
import type { World } from '../world'

const [FIRST, SECOND] = READERS

async function start(world: World): Promise<{ revoke: () => Promise<void> }> {
  const token = await world.ours.token(FIRST)
  await world.start({ user: { token: token.value } })
  return token
}

export const PROCESS_CHANGES: readonly Change[] = [
  {
    name: 'the program is killed',
    run: async (world) => {
      await start(world)
      await world.kill()
      await world.restart()
      await world.expectOurs('after the restart')
    },
  },
  {
    name: 'current-context changes while the program is killed',
    run: async (world) => {
      await start(world)
      await world.kill()
      world.change({ currentContext: 'theirs' })
      await world.restart()
      await world.expectOurs('after the restart')
    },
  },
  {
    name: 'the context names the other cluster while the program is killed',
    run: async (world) => {
      await start(world)
      const former = world.config
      await world.kill()
      const clusters = former.clusters.map((each) => ({ ...each, cluster: clusterEntry(world.theirs) }))
      const users = former.users.map((each) => ({ ...each, user: world.theirs.api.user }))
      world.change({ clusters, users })
      await world.restart()
      await world.expectError('after the restart', ['cluster-changed'])
      world.write(former)
      await world.expectOurs('after the kubeconfig was restored')
    },
  },
  {
    name: 'the token is renewed while the program is killed',
    run: async (world) => {
      const former = await start(world)
      const next = await world.ours.token(SECOND)
      await world.kill()
      await former.revoke()
      world.write(world.withUser({ token: next.value }))
      await world.restart()
      await world.expectOurs('after the restart', tokenUser(SECOND, world.ours))
    },
  },
  {
    name: 'the program is killed while it answers',
    run: async (world) => {
      await start(world)
      const asked = world.expectNotTheirs('while it is killed').catch(() => undefined)
      await world.kill()
      await asked
      world.change({ currentContext: 'theirs' })
      await world.restart()
      await world.expectOurs('after the restart')
    },
  },
]
