/** The program runs in a pod with a mounted service account. Needs its own mount namespace. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '../../../support/app/program'
import type { Change } from '../change'
import { READERS, tokenUser } from '../side'
import type { Side } from '../side'
import type { World } from '../world'

const [FIRST, SECOND] = READERS

/** Kubernetes' mount path. */
const MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Runs a command with a folder mounted as the service account, invisible to other processes. */
function mounted(folder: string): (command: string[]) => string[] {
  const script = `mount -t tmpfs none /var/run && mkdir -p ${MOUNT} && mount --bind "$0" ${MOUNT} && exec "$@"`
  return (command) => ['unshare', '-m', 'sh', '-c', script, folder, ...command]
}

const noMounts = () => {
  const [command = '', ...args] = mounted('/')(['true'])
  return spawnSync(command, args).status === 0 ? undefined : 'unshare -m is not allowed here'
}

const hasPath = ({ ours, theirs }: Pick<World, 'ours' | 'theirs'>) =>
  noMounts() ??
  ([ours, theirs].every(({ api }) => new URL(api.server).pathname === '/') ? undefined : 'an API URL has a path')

function account(world: World, side: Side, token: string): { folder: string; env: Env } {
  const folder = join(world.options.folder, 'serviceaccount')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'token'), token)
  writeFileSync(join(folder, 'ca.crt'), side.api.ca ?? '')
  writeFileSync(join(folder, 'namespace'), side.namespace)
  const { hostname, port } = new URL(side.api.server)
  return { folder, env: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port || '443' } }
}

export const POD_CHANGES: readonly Change[] = [
  {
    name: 'in a pod, KUBECONFIG is used and not the service account (cluster-4)',
    impossible: hasPath,
    run: async (world) => {
      const [ours, theirs] = [await world.ours.token(FIRST), await world.theirs.token(FIRST)]
      const { folder, env } = account(world, world.theirs, theirs.value)
      await world.start({ user: { token: ours.value }, env, wrap: mounted(folder) })
      world.change({ currentContext: 'theirs' })
      await world.expectOurs('after use-context')
      await world.kill()
      await world.restart()
      await world.expectOurs('after the restart')
    },
  },
  {
    name: 'in a pod, the token of the service account is renewed',
    impossible: hasPath,
    run: async (world) => {
      const [former, next] = [await world.ours.token(FIRST), await world.ours.token(SECOND)]
      const { folder, env } = account(world, world.ours, former.value)
      // Without a kubeconfig, the service account is used.
      const none = { KUBECONFIG: undefined, KUBE_CONTEXT: undefined, HOME: world.options.folder }
      await world.start({ user: {}, env: { ...env, ...none }, wrap: mounted(folder) })
      await former.revoke()
      writeFileSync(join(folder, 'token'), next.value)
      await world.expectOurs('after the renewal', tokenUser(SECOND, world.ours))
    },
  },
]
