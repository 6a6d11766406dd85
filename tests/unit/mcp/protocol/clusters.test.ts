import { quotedWords } from '../../../../shared/messages/create'
import { describe, expect, it } from 'vitest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import type { Cluster } from '../../../../mcp/kubernetes/types'
import { ClusterPool } from '../../../../mcp/protocol/clusters'

const unused = () => Promise.reject(new Error('not used'))
const cluster = (): Cluster => ({
  client: { get: unused, post: unused, stream: unused, send: unused, hold: unused, forward: unused },
  discovery: { find: unused, all: unused, unreachable: unused },
  identity: unused,
  defaultNamespace: undefined,
  knownNamespaces: [],
  rules: { deniedKinds: new Set(), deniedNamespaces: new Set() },
})

function pool(idleMs: number) {
  const closed: number[] = []
  let opened = 0
  const clusters = new ClusterPool(async () => {
    const number = ++opened
    return { cluster: cluster(), close: async () => void closed.push(number) }
  }, idleMs)
  return { clusters, closed, opened: () => opened }
}

describe('the clusters of sessions', () => {
  it('are shared by equal credentials alone', async () => {
    const { clusters, opened } = pool(1000)
    const [first, second, other] = await Promise.all([
      clusters.lease({ kind: 'token', server: 'https://a', token: '1' }),
      clusters.lease({ token: '1', server: 'https://a', kind: 'token' }),
      clusters.lease({ kind: 'token', server: 'https://a', token: '2' }),
    ])
    expect(first.cluster).toBe(second.cluster)
    expect(other.cluster).not.toBe(first.cluster)
    expect(opened()).toBe(2)
  })

  it('are closed a while after the last session that used them', async () => {
    const { clusters, closed } = pool(20)
    const [first, second] = await Promise.all([clusters.lease('same'), clusters.lease('same')])
    first.release()
    first.release()
    const third = await clusters.lease('same')
    second.release()
    third.release()
    expect(clusters.size).toBe(1)
    await expect.poll(() => closed).toEqual([1])
    expect(clusters.size).toBe(0)
  })

  it('are opened again after they could not be opened', async () => {
    let tries = 0
    const clusters = new ClusterPool(async () => {
      if (++tries === 1) throw new KubeError('kubeconfig', quotedWords('There is no file.'))
      return { cluster: cluster(), close: async () => undefined }
    })
    await expect(clusters.lease('same')).rejects.toThrow('There is no file.')
    await expect(clusters.lease('same')).resolves.toBeDefined()
  })
})
