/**
 * A server of this machine as a Service of the test cluster, reached through its API server's proxy. Only where a pod
 * can stand for a local port, which real nodes cannot do.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Forward } from './embed-host'

const run = promisify(execFile)

export interface ServiceProxy {
  /** The API server's paths on a host. */
  forward: Forward
  /** Of the Service, without a slash at the end. */
  path: string
  remove: () => Promise<void>
}

const credentialsSchema = z.object({
  clusters: z.array(z.object({ cluster: z.object({ server: z.string() }) })).min(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).min(1),
})

/**
 * @param kubeconfig of an admin with a token
 * @param port of the server on 127.0.0.1
 * @returns undefined if the cluster's pods do not stand for local ports
 */
export async function startServiceProxy(kubeconfig: string, port: number): Promise<ServiceProxy | undefined> {
  const kubectl = async (...args: string[]) => (await run('kubectl', ['--kubeconfig', kubeconfig, ...args])).stdout
  const config: unknown = JSON.parse(await kubectl('config', 'view', '--minify', '--raw', '-o', 'json'))
  const credentials = credentialsSchema.safeParse(config)
  const [[cluster], [user]] = [credentials.data?.clusters ?? [], credentials.data?.users ?? []]
  if (!cluster || !user) return undefined
  const namespace = `embed-${randomUUID().slice(0, 8)}`
  const remove = async () => void (await kubectl('delete', 'namespace', namespace, '--wait=false'))
  await kubectl('create', 'namespace', namespace)
  try {
    await kubectl('run', 'app', '-n', namespace, '--image=app:1', '--port=8005', `--annotations=sim/ports=8005:${port}`)
    await kubectl('expose', 'pod', 'app', '-n', namespace, '--port=8005')
    await kubectl('wait', '-n', namespace, 'pod/app', '--for=condition=Ready', '--timeout=60s')
    const path = `/api/v1/namespaces/${namespace}/services/http:app:8005/proxy`
    const raw = () =>
      kubectl('get', '--raw', `${path}/ready`).then(
        (text) => text.includes('"ready"'),
        () => false,
      )
    for (let tries = 0; tries < 40 && !(await raw()); tries++) await new Promise((next) => setTimeout(next, 250))
    if (!(await raw())) return void (await remove())
    const { server } = cluster.cluster
    const headers = { authorization: `Bearer ${user.user.token}` }
    return {
      forward: { path: '/k8s/clusters/local', url: server, headers, stripped: true },
      path: `/k8s/clusters/local${path}`,
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
