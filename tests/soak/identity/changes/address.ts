/** Another cluster takes over the address, or a session requests another address. */
import type { Change } from '../change'
import { base64 } from '../kubeconfig'
import type { Kubeconfig } from '../kubeconfig'
import { startRelay } from '../relay'
import type { Relay } from '../relay'
import type { World } from '../world'

/** API server certificates contain the relay's address only if they listen on it themselves. */
const notLocal = ({ ours, theirs }: Pick<World, 'ours' | 'theirs'>) =>
  [ours, theirs].every(({ api }) => new URL(api.server).hostname === '127.0.0.1')
    ? undefined
    : 'the API servers are not at 127.0.0.1'

/** Our cluster behind the relay, with a login and a CA that both accept. */
async function start(world: World, relay: Relay): Promise<void> {
  const { ours, theirs } = world
  const server = `https://127.0.0.1:${relay.port}`
  const authorities = base64(`${ours.api.ca ?? ''}\n${theirs.api.ca ?? ''}`)
  const adjust = (config: Kubeconfig) => ({
    ...config,
    clusters: [{ name: 'ours', cluster: { server, 'certificate-authority-data': authorities } }],
    contexts: config.contexts.filter(({ name }) => name === 'ours'),
  })
  await world.start({ user: ours.api.user, server, adjust })
}

async function withRelay(world: World, use: (relay: Relay) => Promise<void>): Promise<void> {
  const relay = await startRelay(world.ours.api.server)
  try {
    await use(relay)
  } finally {
    await relay.close()
  }
}

export const ADDRESS_CHANGES: readonly Change[] = [
  {
    name: 'another cluster answers at the address',
    impossible: notLocal,
    run: (world) =>
      withRelay(world, async (relay) => {
        await start(world, relay)
        relay.lead(world.theirs.api.server)
        await world.expectError('with the other cluster at the address', ['cluster-changed'])
        await world.expectError('asked again', ['cluster-changed'])
        relay.lead(world.ours.api.server)
        await world.expectOurs('after our cluster was back')
      }),
  },
  {
    name: 'another cluster answers at the address after the program was killed',
    impossible: notLocal,
    run: (world) =>
      withRelay(world, async (relay) => {
        await start(world, relay)
        await world.kill()
        relay.lead(world.theirs.api.server)
        await world.restart()
        await world.expectError('after the restart', ['cluster-changed'])
        relay.lead(world.ours.api.server)
        await world.expectOurs('after our cluster was back')
      }),
  },
  {
    name: 'the address leads to another cluster while questions are answered',
    impossible: notLocal,
    run: (world) =>
      withRelay(world, async (relay) => {
        await start(world, relay)
        for (let at = 0; at < 6; at++) {
          const questions = [1, 2, 3, 4].map(() => world.expectNotTheirs('while the address changes'))
          await new Promise((turn) => setTimeout(turn, world.random.next() * 10))
          relay.lead(world.random.pick([world.ours, world.theirs]).api.server)
          await Promise.all(questions)
        }
        relay.lead(world.ours.api.server)
        await world.expectOurs('after our cluster was back')
      }),
  },
  {
    name: 'a session brings credentials of the other cluster',
    run: async (world) => {
      const [ours, theirs] = [await world.ours.token('reader-1'), await world.theirs.token('reader-1')]
      await world.start({ user: { token: ours.value }, transport: 'http' })
      await world.kill()
      await world.restart()
      const { server, ca } = world.theirs.api
      const foreign = await world.open({ kind: 'token', server, ca, token: theirs.value })
      await world.expectError('with credentials of the other cluster', ['cluster-changed'], foreign)
      const own = await world.open({
        kind: 'token',
        server: world.ours.api.server,
        ca: world.ours.api.ca,
        token: ours.value,
      })
      await world.expectOurs('with credentials of our cluster', undefined, own)
      await world.expectOurs('as the operator')
      await Promise.all([foreign.close(), own.close()])
    },
  },
]
