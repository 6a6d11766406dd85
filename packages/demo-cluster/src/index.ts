/**
 * The demo cluster: a small in-memory Kubernetes API server for machines without a cluster. Written changes are lost at
 * its end.
 */
import { createServer, type Server } from 'node:http'
import { createHandler } from './api/handler'
import { DEMO_NAME, writeKubeconfig } from './kubeconfig'
import { State } from './state/state'

export interface DemoClusterOptions {
  /** A free port if absent or 0. */
  port?: number
  /** Milliseconds since the epoch; the system's clock when absent. */
  now?: () => number
}

export interface DemoCluster {
  /** `http://127.0.0.1:<port>`, without trailing slash. */
  url: string
  /** A file readable only by this user; removed by close. */
  kubeconfigPath: string
  context: string
  /** Closes all connections, including watches, and removes the kubeconfig. Idempotent. */
  close: () => Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Starts the demo cluster on the loopback interface. Objects age from this moment.
 * @throws the error of `listen`, e.g. EADDRINUSE
 */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const now = options.now ?? Date.now
  const startedAt = now()
  const server = createServer(createHandler(() => ({ startedAt, now: now() }), new State(startedAt)))
  // Kubernetes clients keep connections longer than Node's 5 s, so none may be closed under a request.
  server.keepAliveTimeout = 65_000
  const url = `http://${HOST}:${await listen(server, options.port ?? 0)}`
  try {
    const kubeconfig = await writeKubeconfig(url)
    const close = async () => {
      await Promise.all([stop(server), kubeconfig.remove()])
    }
    return { url, kubeconfigPath: kubeconfig.path, context: DEMO_NAME, close }
  } catch (error) {
    await stop(server)
    throw error
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
      else reject(new Error('the demo cluster has no port'))
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
