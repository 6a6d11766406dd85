/**
 * The cluster of the faults: TEST_KUBECONFIG's or the demo's, behind a proxy that counts mutations and can hold a
 * request until something breaks.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startProgram, testKubeconfig } from '../support/app'
import { forward, startClusterProxy } from '../support/cluster/cluster-proxy'
import type { PlainCluster } from '../support/cluster/cluster-proxy'
import { kubectl } from './kubectl'
import { shared } from './shared'

export interface Held {
  /** Resolves when the request arrives. */
  reached: Promise<void>
  /** Continues the request. */
  release: () => void
  /** Resolves when the client has aborted it or received its response. */
  closed: Promise<void>
}

/**
 * - `before`: sent but not executed yet; it will be executed even if the client dies.
 * - `after`: executed, but the response is still held.
 */
export type When = 'before' | 'after'

export interface FaultCluster {
  /** Points to the proxy. */
  kubeconfig: string
  /** A ConfigMap to change. */
  target: { namespace: string; name: string }
  /** Holds the next list of all pods; later ones pass. */
  holdRead: () => Held
  /** Holds the next mutation; later ones pass. */
  holdWrite: (when: When) => Held
  /** Number of executed mutations. */
  mutations: () => number
  close: () => Promise<void>
}

interface Waiting extends Held {
  arrived: (outgoing: ServerResponse) => void
  released: Promise<void>
}

/** The one cluster of all faults. */
export const sharedCluster = shared(startFaultCluster)

async function startFaultCluster(): Promise<FaultCluster> {
  const source = testKubeconfig === undefined ? await demoSource() : await liveSource(testKubeconfig)
  let read: Waiting | undefined
  let write: (Waiting & { when: When }) | undefined
  let mutations = 0

  async function mutate(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const held = write
    write = undefined
    // Reads the whole body first, so that the request arrives even if the client is killed.
    const body = await readBody(incoming)
    if (held?.when === 'before') await hold(held, outgoing)
    mutations++
    const answer = await source.execute(incoming, body)
    if (held?.when === 'after') await hold(held, outgoing)
    outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    outgoing.end(Buffer.from(await answer.arrayBuffer()))
  }

  const proxy = await startClusterProxy(source.cluster, (incoming, outgoing) => {
    if (isMutation(incoming)) {
      mutate(incoming, outgoing).catch(() => outgoing.destroy())
      return true
    }
    if (!read || incoming.method !== 'GET' || !/^\/api\/v1\/pods(\?|$)/.test(incoming.url ?? '')) return false
    const held = read
    read = undefined
    void hold(held, outgoing).then(() => (outgoing.destroyed ? undefined : forward(incoming, outgoing, source.cluster)))
    return true
  })

  return {
    kubeconfig: proxy.kubeconfig,
    target: source.target,
    holdRead: () => (read = newHeld()),
    holdWrite: (when) => (write = { ...newHeld(), when }),
    mutations: () => mutations,
    close: async () => {
      await proxy.close()
      await source.close()
    },
  }
}

async function hold(held: Waiting, outgoing: ServerResponse): Promise<void> {
  held.arrived(outgoing)
  await held.released
}

function newHeld(): Waiting {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  return {
    reached: within(reached.promise),
    arrived: (outgoing) => {
      outgoing.once('close', closed.resolve)
      reached.resolve()
    },
    release: released.resolve,
    released: released.promise,
    closed: closed.promise,
  }
}

/** Fails the run if it never comes. */
async function within(coming: Promise<void>): Promise<void> {
  const late = new AbortController()
  const timeout = delay(30_000, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error('the request that was to be held never came')
  })
  timeout.catch(() => undefined)
  await Promise.race([coming, timeout]).finally(() => late.abort())
}

/** Access reviews and dry runs change nothing. */
function isMutation({ method = 'GET', url = '/' }: IncomingMessage): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && !/reviews(\?|$)|[?&]dryRun=/.test(url)
}

async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

interface Source {
  cluster: PlainCluster
  target: { namespace: string; name: string }
  execute: (incoming: IncomingMessage, body: Buffer<ArrayBuffer>) => Promise<Response>
  close: () => Promise<void>
}

async function demoSource(): Promise<Source> {
  const demo = await startDemoCluster()
  return {
    cluster: demo,
    target: { namespace: 'payments', name: 'api-config' },
    execute: executeOn(demo.url),
    close: demo.close,
  }
}

/** kubectl's proxy supports every login method. */
async function liveSource(kubeconfig: string): Promise<Source> {
  const namespace = `assistant-faults-${randomUUID().slice(0, 8)}`
  const program = startProgram('kubectl', ['--kubeconfig', kubeconfig, 'proxy', '--port', '0'], {})
  const folder = await mkdtemp(join(tmpdir(), 'assistant-faults-'))
  const close = async () => {
    await kubectl(kubeconfig, 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const address = await program.until('listening', () => /127\.0\.0\.1:\d+/.exec(program.logs().join('\n'))?.[0])
    const url = `http://${address}`
    const kubeconfigPath = join(folder, 'kubeconfig')
    await writeFile(kubeconfigPath, plainKubeconfig(url))
    await kubectl(kubeconfig, 'create', 'namespace', namespace)
    await kubectl(kubeconfig, '-n', namespace, 'create', 'configmap', 'faults', '--from-literal=run=none')
    return {
      cluster: { url, kubeconfigPath },
      target: { namespace, name: 'faults' },
      execute: executeOn(url),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function executeOn(server: string): Source['execute'] {
  return ({ url: path = '/', method = 'GET', headers }, body) => {
    const type = headers['content-type']
    const init = { method, body, ...(type !== undefined && { headers: { 'content-type': type } }) }
    return fetch(new URL(path, server), init)
  }
}

function plainKubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: faults, cluster: { server: '${server}' } }]
users: [{ name: faults, user: {} }]
contexts: [{ name: faults, context: { cluster: faults, user: faults } }]
current-context: faults
`
}
