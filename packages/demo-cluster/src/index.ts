/** The demo cluster: a small Kubernetes API server in memory, for a machine that has no cluster. What is written goes with it. */
import { createServer, type Server } from 'node:http'
import { createHandler } from './api/handler'
import { DEMO_NAME, writeKubeconfig } from './kubeconfig'
import { State } from './state/state'

export interface DemoClusterOptions {
  /** A free one is taken when this is absent or 0. */
  port?: number
  /** Milliseconds since the epoch; the system's clock when absent. */
  now?: () => number
}

export interface DemoCluster {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string
  /** A file that only this user can read; gone after close. */
  kubeconfigPath: string
  context: string
  /** Ends all connections, watches too, and removes the kubeconfig. May be called again. */
  close: () => Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Starts the demo cluster on the loopback interface. Ages of its objects count from this moment.
 * @throws the error of `listen`, e.g. EADDRINUSE for a port that is taken
 */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const now = options.now ?? Date.now
  const startedAt = now()
  const server = createServer(createHandler(() => ({ startedAt, now: now() }), new State(startedAt)))
  // Clients of Kubernetes keep their connections: longer than Node's 5 s, so that none is closed under a request.
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

/** Resolves to the port. */
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
