/** A test's own namespace in the cluster of TEST_KUBECONFIG, with healthy and broken workloads. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

const run = promisify(execFile)

/** Values of the test's Secret, which occur nowhere else. */
export const CANARIES = ['sk-live-CANARY-51Hxe8Vq', 'hunter2-canary-live'] as const

export interface LiveCluster {
  namespace: string
  /** Lines of the crashing pod's log. */
  crashLog: string[]
  /** The admin's kubeconfig from TEST_KUBECONFIG. */
  kubeconfig: string
  /** A kubeconfig whose current user may only view this namespace, and with the context `admin`. */
  twoContexts: string
  kubectl: (...args: string[]) => Promise<string>
  /** Columns of `kubectl get pods` without headings. */
  podRows: (scope: string[]) => Promise<string[][]>
  remove: () => Promise<void>
}

const CRASH_LOG = [
  '2026-11-22T08:00:00Z INFO  cart 2.4.0 starting',
  '2026-11-22T08:00:01Z ERROR cannot connect to redis at cart-redis:6379',
  '2026-11-22T08:00:01Z FATAL exiting with status 1',
]

/** Works on any cluster: simulated nodes read the annotations, real ones run the commands. */
function manifest(namespace: string): string {
  const deployment = (name: string, replicas: number, container: object, annotations = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { containers: [container], terminationGracePeriodSeconds: 0 },
      },
    },
  })
  const script = [...CRASH_LOG.map((line) => `echo '${line}'`), 'exit 1'].join('; ')
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    deployment('web', 3, { name: 'web', image: 'busybox:1.36', command: ['sleep', '3600'] }),
    deployment(
      'cart',
      1,
      { name: 'cart', image: 'busybox:1.36', command: ['sh', '-c', script] },
      { 'sim/logs': CRASH_LOG.join('\n') },
    ),
    deployment('api', 1, { name: 'api', image: 'registry.invalid/api-missing:1' }),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'gateway', namespace },
      stringData: { key: CANARIES[0], password: CANARIES[1] },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'viewer', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: viewer(namespace) }],
    },
  ]
  return objects.map((object) => stringify(object)).join('---\n')
}

const viewer = (namespace: string) => `viewer-of-${namespace}`

const kubeconfigSchema = z.looseObject({
  'current-context': z.string(),
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
  users: z.array(z.looseObject({ name: z.string(), user: z.looseObject({}) })),
})

/** The viewer is an impersonating admin: works on every cluster without a CA. */
async function twoContexts(kubeconfig: string, namespace: string): Promise<string> {
  const config = kubeconfigSchema.parse(parse(await readFile(kubeconfig, 'utf8')))
  const current = config.contexts.find((each) => each.name === config['current-context'])
  const user = config.users.find((each) => each.name === current?.context.user)
  if (!current || !user) throw new Error('TEST_KUBECONFIG has no current context with a user')
  return stringify({
    ...config,
    users: [
      { name: 'viewer', user: { ...user.user, as: viewer(namespace) } },
      { name: 'admin', user: user.user },
    ],
    contexts: [
      { name: 'viewer', context: { ...current.context, user: 'viewer', namespace } },
      { name: 'admin', context: { ...current.context, user: 'admin' } },
    ],
    'current-context': 'viewer',
  })
}

/** Creates the namespace and waits for its pods' intended states. */
export async function startLiveCluster(kubeconfig: string): Promise<LiveCluster> {
  const namespace = `assistant-test-${randomUUID().slice(0, 8)}`
  const folder = await mkdtemp(join(tmpdir(), `${namespace}-`))
  const kubectl = async (...args: string[]) => {
    const { stdout } = await run('kubectl', ['--kubeconfig', kubeconfig, ...args], { maxBuffer: 64 * 1024 * 1024 })
    return stdout
  }
  const remove = async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
    await rm(folder, { recursive: true, force: true })
  }
  const podRows = async (scope: string[]) => {
    const text = await kubectl('get', 'pods', ...scope, '--no-headers')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s{2,}/))
  }
  try {
    await writeFile(join(folder, 'workloads.yaml'), manifest(namespace))
    await kubectl('apply', '-f', join(folder, 'workloads.yaml'))
    await writeFile(join(folder, 'two-contexts'), await twoContexts(kubeconfig, namespace))
    await until(async () => {
      const states = (await podRows(['-n', namespace])).map((row) => `${row[0]?.split('-')[0]} ${row[2]}`)
      const all = states.filter((state) => state === 'web Running').length === 3
      return all && states.includes('cart CrashLoopBackOff') && states.includes('api ImagePullBackOff')
    })
  } catch (error) {
    await remove()
    throw error
  }
  return {
    namespace,
    crashLog: CRASH_LOG,
    kubeconfig,
    twoContexts: join(folder, 'two-contexts'),
    kubectl,
    podRows,
    remove,
  }
}

const UNTIL_MS = 100_000
const POLL_MS = 250

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + UNTIL_MS; !(await check());) {
    if (Date.now() > deadline) throw new Error(`the workloads are not in their states after ${UNTIL_MS / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
