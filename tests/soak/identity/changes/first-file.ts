/** Several KUBECONFIG files define the same names: the first wins until it is deleted. */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from '../change'
import { clusterEntry, toYaml } from '../kubeconfig'
import type { World } from '../world'

async function start(world: World): Promise<{ first: string; second: string }> {
  const { folder } = world.options
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  const { value } = await world.ours.token('reader-1')
  const write = (path: string, cluster: object, user: object) =>
    writeFileSync(
      path,
      toYaml({
        currentContext: 'ours',
        contexts: [{ name: 'ours', context: { cluster: 'ours', user: 'ours' } }],
        clusters: [{ name: 'ours', cluster: { ...cluster } }],
        users: [{ name: 'ours', user: { ...user } }],
      }),
    )
  write(first, clusterEntry(world.ours), { token: value })
  write(second, clusterEntry(world.theirs), world.theirs.api.user)
  await world.start({ user: {}, layout: 'in place', env: { KUBECONFIG: `${first}:${second}` } })
  return { first, second }
}

export const FIRST_FILE_CHANGES: readonly Change[] = [
  {
    name: 'the first of two files is removed, and the second has the same names',
    run: async (world) => {
      const { first } = await start(world)
      renameSync(first, `${first}.away`)
      await world.expectError('after the first file was removed', ['cluster-changed'])
      renameSync(`${first}.away`, first)
      await world.expectOurs('after the first file came back')
    },
  },
  {
    name: 'two files with the same names change places',
    run: async (world) => {
      const { first, second } = await start(world)
      const exchange = () => {
        renameSync(first, `${first}.away`)
        renameSync(second, first)
        renameSync(`${first}.away`, second)
      }
      exchange()
      await world.expectError('after the exchange', ['cluster-changed'])
      exchange()
      await world.expectOurs('after the exchange back')
    },
  },
]
