/** Two API servers in one kubeconfig, from TEST_KUBECONFIG and TEST_KUBECONFIG_2, to test which one is used. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { stringify } from 'yaml'
import { readKubeconfig } from '../../../mcp/kubernetes/connection/kubeconfig'

const run = promisify(execFile)

export type Side = 'staging' | 'production'

export interface TwoClusters {
  namespace: string
  /** The test's own kubeconfig, with the contexts `staging` and `production`. */
  kubeconfig: string
  /**
   * Rewrites the kubeconfig.
   * @param token replaces staging's credentials
   */
  write: (current: Side, token?: string) => Promise<void>
  kubectl: (side: Side, ...args: string[]) => Promise<string>
  remove: () => Promise<void>
}

/** The same objects in both clusters, except a ConfigMap named after its cluster. */
function manifest(namespace: string, side: Side): string {
  const labels = { app: 'web' }
  const pod = { containers: [{ name: 'web', image: 'busybox:1.36', command: ['sleep', '3600'] }] }
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `only-in-${side}`, namespace } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-0', namespace }, spec: pod },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
    },
  ]
  return objects.map((object) => stringify(object)).join('---\n')
}

export async function startTwoClusters(kubeconfigs: Record<Side, string>): Promise<TwoClusters> {
  const namespace = `assistant-test-${randomUUID().slice(0, 8)}`
  const folder = await mkdtemp(join(tmpdir(), `${namespace}-`))
  const kubeconfig = join(folder, 'config')
  const sides: Side[] = ['staging', 'production']
  const chosen = sides.map((side) => ({ side, alone: readKubeconfig([kubeconfigs[side]]).alone }))
  const write = async (current: Side, token?: string) => {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': current,
      clusters: chosen.map(({ side, alone }) => ({ name: side, cluster: alone.clusters[0].cluster })),
      contexts: chosen.map(({ side }) => ({ name: side, context: { cluster: side, user: `${side}-admin` } })),
      users: chosen.map(({ side, alone }) => {
        const own = token !== undefined && side === 'staging' ? { token } : alone.users[0]?.user
        return { name: `${side}-admin`, user: own ?? {} }
      }),
    }
    await writeFile(kubeconfig, stringify(config), { mode: 0o600 })
  }
  const kubectl = async (side: Side, ...args: string[]) => {
    const { stdout } = await run('kubectl', ['--kubeconfig', kubeconfigs[side], ...args])
    return stdout.trim()
  }
  const remove = async () => {
    for (const side of sides)
      await kubectl(side, 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await write('staging')
    for (const side of sides) {
      await writeFile(join(folder, side), manifest(namespace, side))
      await kubectl(side, 'apply', '-f', join(folder, side))
    }
  } catch (error) {
    await remove()
    throw error
  }
  return { namespace, kubeconfig, write, kubectl, remove }
}
