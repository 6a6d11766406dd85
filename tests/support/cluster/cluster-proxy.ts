/** A proxy before the demo cluster that simulates unusual responses: one that never comes, or 5,000 pods. */
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'

export interface ClusterProxy {
  /** A kubeconfig for the proxy. */
  kubeconfig: string
  close: () => Promise<void>
}

/** Takes over a request by returning true. */
export type Intercept = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean

/** The proxied cluster: its URL without credentials, and its kubeconfig. */
export type PlainCluster = Pick<DemoCluster, 'url' | 'kubeconfigPath'>

export async function startClusterProxy(cluster: PlainCluster, intercept: Intercept): Promise<ClusterProxy> {
  const proxy = createServer((incoming, outgoing) => {
    if (!intercept(incoming, outgoing)) forward(incoming, outgoing, cluster)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const folder = await mkdtemp(join(tmpdir(), 'cluster-proxy-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, (await readFile(cluster.kubeconfigPath, 'utf8')).replaceAll(cluster.url, url))
  const close = async () => {
    proxy.closeAllConnections()
    proxy.close()
    await rm(folder, { recursive: true })
  }
  return { kubeconfig, close }
}

/** Forwards a request unchanged. */
export function forward(incoming: IncomingMessage, outgoing: ServerResponse, { url }: Pick<PlainCluster, 'url'>): void {
  const { method, headers } = incoming
  const forwarded = request(new URL(incoming.url ?? '/', url), { method, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(outgoing)
  })
  forwarded.once('error', () => outgoing.destroy())
  outgoing.once('close', () => forwarded.destroy())
  incoming.pipe(forwarded)
}

const tableSchema = z.looseObject({
  rows: z.array(
    z.looseObject({
      cells: z.array(z.unknown()),
      object: z.looseObject({ metadata: z.looseObject({ name: z.string() }) }),
    }),
  ),
})

/** The cells of a pod as kubectl prints them; undefined: it is gone. */
type EditPod = (cells: unknown[], index: number) => unknown[] | undefined

/**
 * Answers a list of all pods with `count` copies of the demo's.
 * @param edit changes or removes a pod, at each list
 */
export function manyPods(cluster: DemoCluster, count: number, edit: EditPod = (cells) => cells): Intercept {
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const accept = incoming.headers.accept ?? ''
    const response = await fetch(`${cluster.url}/api/v1/pods?includeObject=Metadata`, { headers: { accept } })
    const table = tableSchema.parse(await response.json())
    const rows = Array.from({ length: count }).flatMap((_, n) => {
      const row = table.rows[n % table.rows.length]
      if (!row) throw new Error('the demo cluster has no pods')
      const name = `pod-${String(n).padStart(5, '0')}`
      const object = { ...row.object, metadata: { ...row.object.metadata, name } }
      const cells = edit([name, ...row.cells.slice(1)], n)
      return cells ? [{ ...row, cells, object }] : []
    })
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify({ ...table, rows }))
  }
  return (incoming, outgoing) => {
    if (new URL(incoming.url ?? '/', cluster.url).pathname !== '/api/v1/pods') return false
    answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined))
    return true
  }
}
