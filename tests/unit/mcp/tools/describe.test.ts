import { afterEach, describe, expect, it } from 'vitest'
import { kubectlDescribe } from '../../../../mcp/tools/describe'
import { readArguments } from '../../../../mcp/tools/arguments'
import type { ObjectResult } from '../../../../shared/result'
import { discovered, discovery, startApi, status } from '../../../support/kube/api-server'
import type { Answer, ApiAnswer, TestApi } from '../../../support/kube/api-server'

let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

const CORE = discovery([
  {
    group: '',
    version: 'v1',
    resources: [
      discovered('pods', 'Pod'),
      discovered('events', 'Event'),
      discovered('nodes', 'Node', { scope: 'Cluster' }),
      discovered('namespaces', 'Namespace', { scope: 'Cluster' }),
    ],
  },
])

const NODE = {
  body: {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'x' },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' }, conditions: [{ type: 'Ready', status: 'True' }] },
  },
}
const NAMESPACES = { body: { items: ['a', 'b'].map((name) => ({ metadata: { name } })) } }

const pods = (...namespaces: string[]): ApiAnswer => ({
  body: {
    kind: 'Table',
    columnDefinitions: [{ name: 'Name' }],
    rows: namespaces.map((namespace) => ({
      cells: ['web'],
      object: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace },
        spec: { containers: [{ name: 'web', resources: { requests: { cpu: '1' } } }] },
        status: { phase: 'Running' },
      },
    })),
  },
})

async function node(answer: Answer, denied: string[] = []): Promise<{ result: ObjectResult; text: string }> {
  api = await startApi(async (request, response) => {
    const known: Record<string, ApiAnswer> = {
      '/api': CORE,
      '/apis': discovery([]),
      '/api/v1/nodes/x': NODE,
      '/api/v1/namespaces': NAMESPACES,
    }
    const own = known[request.path] ?? (await answer(request, response))
    return own ?? (request.path.endsWith('/events') ? { body: { items: [] } } : undefined)
  })
  const cluster = api.cluster({ denied: { namespaces: denied } })
  const context = { cluster, signal: AbortSignal.timeout(10_000), now: Date.now }
  const result = await kubectlDescribe.run(readArguments({ resource: 'node', name: 'x' }, kubectlDescribe), context)
  if (result.kind !== 'object') throw new Error(result.kind)
  const { sections } = result
  return {
    result: result as ObjectResult,
    text: sections.map(({ title, text = '' }) => `${title}\n${text}`).join('\n'),
  }
}

describe('kubectl_describe of a node', () => {
  it('states shares of all its pods', async () => {
    const { result, text } = await node(({ path }) => (path === '/api/v1/pods' ? pods('a', 'b') : undefined))
    expect(text).toContain('Requested by its pods')
    expect(text).toContain('2 of 110')
    expect(text).toContain('50%')
    expect(result.coverage).toMatchObject({ complete: true, notes: [] })
  })

  it('states no share if the user may read only some of its pods', async () => {
    const { result, text } = await node(({ path }) =>
      path.endsWith('/events')
        ? undefined
        : path === '/api/v1/namespaces/a/pods'
          ? pods('a')
          : status(403, 'Forbidden', 'pods is forbidden: User "dev" cannot list resource "pods"'),
    )
    expect(text).toContain('Requested by the pods that were read')
    expect(text).not.toContain('of 110')
    expect(text).not.toContain('%')
    expect(result.coverage?.complete).toBe(false)
    expect(result.coverage?.notes.map(({ code }) => code)).toContain('namespaces-denied')
  })

  it('does not say that there are no events if it read only those of some namespaces', async () => {
    const none = { body: { items: [] } }
    const { result, text } = await node(({ path }) => {
      if (path === '/api/v1/pods') return pods('a')
      if (path === '/api/v1/events') return status(403, 'Forbidden', 'events is forbidden: User "dev" cannot list')
      return path === '/api/v1/namespaces/a/events'
        ? none
        : path.endsWith('/events')
          ? status(403, 'Forbidden', '')
          : undefined
    })
    expect(text).toContain('No events in the part that was read')
    expect(result.coverage?.complete).toBe(false)
  })

  it('states no share without the pods of a namespace that the operator excludes', async () => {
    const answer: Answer = ({ path }) => (path === '/api/v1/pods' ? pods('a', 'b') : undefined)
    const { result, text } = await node(answer, ['b'])
    expect(text).not.toContain('of 110')
    expect(result.coverage?.complete).toBe(false)
    await api?.close()
    const other = await node(answer, ['c'])
    expect(other.text).toContain('2 of 110')
    expect(other.result.coverage?.complete).toBe(true)
  })
})
