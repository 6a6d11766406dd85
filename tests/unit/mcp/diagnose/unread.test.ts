/** An unread list is unknown: no check may call its objects missing, and no verdict may call it healthy. */
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { checks } from '../../../../mcp/diagnose/checks'
import { diagnoseScope } from '../../../../mcp/diagnose/diagnose'
import { refOf } from '../../../../mcp/diagnose/ref'
import { BASE_KINDS } from '../../../../mcp/diagnose/world/kinds'
import { readWorld } from '../../../../mcp/diagnose/world/read-world'
import { World } from '../../../../mcp/diagnose/world/world'
import type { Extent } from '../../../../mcp/diagnose/world/world'
import { toObject } from '../../../../mcp/kubernetes/list/paging'
import type { KubeObject } from '../../../../mcp/kubernetes/types'
import { discovered, discovery, startApi, status, table } from '../../../support/kube/api-server'
import type { Answer, TestApi } from '../../../support/kube/api-server'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const SLICE = 'discovery.k8s.io/EndpointSlice'

interface Limits {
  unread?: readonly string[]
  extents?: Record<string, Extent>
}

function worldOf(sample: string, { unread = [], extents = {} }: Limits = {}): World {
  const read = BASE_KINDS.filter((kind) => !unread.includes(kind))
  const objects = new Map<string, KubeObject[]>(read.map((kind) => [kind, []]))
  for (const item of z.array(z.looseObject({})).parse(parse(sample))) {
    const object = toObject({ apiVersion: 'v1', ...item })
    objects.get(refOf(object).kind)?.push(object)
  }
  return new World({ now: NOW, objects, events: [], extents: new Map(Object.entries(extents)) })
}

function codes(check: string, sample: string, limits?: Limits): string[] {
  const found = checks.find(({ id }) => id === check)?.find(worldOf(sample, limits)) ?? []
  return found.map(({ cause }) => cause.code)
}

const only = (...namespaces: string[]): Extent => ({ namespaces: new Set(namespaces) })

const INGRESS = `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: b}, spec: {tls: [{secretName: shop-tls}], defaultBackend: {service: {name: web, port: {number: 80}}}}}
- {kind: Service, metadata: {name: web, namespace: b}, spec: {ports: [{port: 80}]}}
- {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: b, labels: {kubernetes.io/service-name: web}}, endpoints: [{conditions: {ready: true}}]}`

const CREATING = `
- {kind: Pod, metadata: {name: web, namespace: b}, spec: {containers: [{name: web}], volumes: [{name: c, secret: {secretName: web}}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "True"}], containerStatuses: [{name: web, state: {waiting: {reason: ContainerCreating}}}]}}`

const WEBHOOK = `
- {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: guard}, webhooks: [{name: guard.example.com, failurePolicy: Fail, clientConfig: {service: {name: guard, namespace: kube-system}}}]}`

const GUARD = `
- {kind: Service, metadata: {name: guard, namespace: kube-system}, spec: {selector: {app: guard}}}`

const UNSELECTED = `
- {kind: Service, metadata: {name: web, namespace: b}, spec: {selector: {app: web}, ports: [{port: 80}]}}`

const POD = `
- {kind: Pod, metadata: {name: w, namespace: b, labels: {app: web}}, spec: {containers: [{name: w, ports: [{containerPort: 8080}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`

describe('an object that was not found', () => {
  const ab = only('a', 'b')

  it('is missing only in the namespaces in which its kind was read', () => {
    expect(codes('ingress', INGRESS)).toEqual(['ingress-secret'])
    expect(codes('ingress', INGRESS, { extents: { Secret: ab, Pod: ab } })).toEqual(['ingress-secret'])
    expect(codes('ingress', INGRESS, { extents: { Secret: only('a'), Pod: ab } })).toEqual([])
    expect(codes('missing-config', CREATING)).toEqual(['secret-missing'])
    expect(codes('missing-config', CREATING, { extents: { Secret: only('a'), Pod: ab } })).toEqual([])
  })

  it('is not missing in a namespace that the operator excludes', () => {
    expect(codes('webhook', WEBHOOK)).toEqual(['webhook-service-missing'])
    const excluded = new Set(['kube-system'])
    expect(codes('webhook', WEBHOOK, { extents: { Service: { excluded } } })).toEqual([])
  })

  it('is not missing from a list that was cut', () => {
    expect(codes('ingress', INGRESS, { extents: { Secret: { isPartial: true } } })).toEqual([])
  })

  it('does not make a host unknown if the Services of its namespace were not read', () => {
    const crashing = `
- {kind: Pod, metadata: {name: w, namespace: b}, spec: {containers: [{name: w, env: [{name: CACHE_HOST, value: redis}]}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}`
    const check = checks.find(({ id }) => id === 'unknown-host')
    const found = (limits?: Limits) => {
      const world = worldOf(crashing, limits)
      const lines = ['Error: getaddrinfo ENOTFOUND redis']
      world.addLog({ kind: 'Pod', namespace: 'b', name: 'w' }, { container: 'w', previous: false, lines })
      return check?.find(world).map(({ cause }) => cause.code)
    }
    expect(found()).toEqual(['unknown-host'])
    expect(found({ unread: ['Service'] })).toEqual([])
    expect(found({ extents: { Service: only('a') } })).toEqual([])
  })
})

describe('a list that was not read', () => {
  it('is not a list without endpoints', () => {
    expect(codes('webhook', WEBHOOK + GUARD)).toEqual(['webhook-no-endpoints'])
    expect(codes('webhook', WEBHOOK + GUARD, { unread: [SLICE] })).toEqual([])
    expect(codes('webhook', WEBHOOK + GUARD, { extents: { [SLICE]: { isPartial: true } } })).toEqual([])
    const silent = INGRESS.replace('ready: true', 'ready: false').replace('tls: [{secretName: shop-tls}], ', '')
    expect(codes('ingress', silent)).toEqual(['backend-silent'])
    expect(codes('ingress', silent, { unread: [SLICE] })).toEqual([])
  })

  it('is not a list without pods or workloads', () => {
    expect(codes('service-endpoints', UNSELECTED)).toEqual(['service-selects-nothing'])
    for (const kind of [SLICE, 'Pod', 'apps/StatefulSet'])
      expect(codes('service-endpoints', UNSELECTED, { unread: [kind] })).toEqual([])
    expect(codes('service-endpoints', UNSELECTED, { extents: { Pod: { isPartial: true } } })).toEqual([])
  })

  it('may have the pod with the port', () => {
    const port = UNSELECTED.replace('port: 80', 'port: 80, targetPort: 8081') + POD
    expect(codes('service-port', port)).toEqual(['service-port'])
    expect(codes('service-port', port, { extents: { Pod: { isPartial: true } } })).toEqual([])
  })

  it('may have the node that a pod requires', () => {
    const pending = `
- {kind: Pod, metadata: {name: w, namespace: b}, spec: {nodeSelector: {disk: ssd}, containers: [{name: w}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector."}]}}`
    expect(codes('scheduling', pending)).toEqual(['schedule-selector'])
    expect(codes('scheduling', pending, { unread: ['Node'] })).toEqual(['schedule-resource'])
  })

  it('may have the labels of a namespace that a policy lets in', () => {
    const waiting = `
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: w}}, spec: {containers: [{name: w}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Namespace, metadata: {name: a}}
- {kind: Service, metadata: {name: db, namespace: b}, spec: {selector: {app: web}, ports: [{port: 5432}]}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db-only, namespace: b}, spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {team: shop}}}]}]}}${POD}`
    const check = checks.find(({ id }) => id === 'network-policy')
    const found = (limits?: Limits) => {
      const world = worldOf(waiting, limits)
      const lines = ['FATAL dial tcp db.b.svc:5432: i/o timeout']
      world.addLog({ kind: 'Pod', namespace: 'a', name: 'w' }, { container: 'w', previous: false, lines })
      return check?.find(world).map(({ cause }) => cause.code)
    }
    expect(found()).toEqual(['policy-blocks'])
    expect(found({ unread: ['Namespace'] })).toEqual([])
    const policies = { 'networking.k8s.io/NetworkPolicy': only('b') }
    expect(found({ extents: policies })).toEqual([])
  })
})

describe('reading the world', () => {
  let api: TestApi | undefined

  afterEach(async () => {
    await api?.close()
    api = undefined
  })

  const resources = [
    discovered('pods', 'Pod'),
    discovered('services', 'Service'),
    discovered('secrets', 'Secret'),
    discovered('namespaces', 'Namespace', { scope: 'Cluster' }),
  ]
  const GROUPS: Record<string, object> = {
    '/api': discovery([{ group: '', version: 'v1', resources }]).body as object,
    '/apis': discovery([]).body as object,
  }
  const empty = { body: { items: [] } }
  const forbidden = status(403, 'Forbidden', 'User "dev" cannot list')
  const NAMESPACES = { body: { items: ['a', 'b', 'kube-system'].map((name) => ({ metadata: { name } })) } }

  async function serve(answer: Answer): Promise<TestApi> {
    api = await startApi((request, response) => {
      const body = GROUPS[request.path]
      if (body) return { body }
      return request.path === '/api/v1/namespaces' ? NAMESPACES : answer(request, response)
    })
    return api
  }

  const options = () => ({ signal: AbortSignal.timeout(10_000), now: NOW })

  it('keeps the namespaces of each kind', async () => {
    const { cluster } = await serve(({ path }) => {
      if (path === '/api/v1/namespaces/a/secrets') return table(['Name'], [])
      return /^\/api\/v1\/namespaces\/[ab]\/(?:pods|services|events)$/.test(path) ? empty : forbidden
    })
    const { world, namespaces } = await readWorld(cluster(), {}, options())
    expect(namespaces).toEqual(['a', 'b'])
    expect(world.covers('Service', 'b')).toBe(true)
    expect(world.isMissing({ kind: 'Secret', namespace: 'a', name: 'tls' })).toBe(true)
    expect(world.isMissing({ kind: 'Secret', namespace: 'b', name: 'tls' })).toBe(false)
  })

  it('keeps the namespaces that the operator excludes', async () => {
    const { cluster } = await serve(() => empty)
    const { world } = await readWorld(cluster({ denied: { namespaces: ['kube-system'] } }), {}, options())
    expect(world.isMissing({ kind: 'Service', namespace: 'a', name: 'guard' })).toBe(true)
    expect(world.isMissing({ kind: 'Service', namespace: 'kube-system', name: 'guard' })).toBe(false)
    expect(world.isMissing({ kind: 'Namespace', name: 'kube-system' })).toBe(false)
  })

  it('does not take the pods of one node for all pods', async () => {
    const { cluster } = await serve(() => empty)
    const { world } = await readWorld(cluster(), { node: 'n' }, options())
    expect(world.wasRead('Pod')).toBe(true)
    expect(world.covers('Pod', 'a')).toBe(false)
  })

  it('calls nothing healthy if the pods took too long', async () => {
    const { cluster } = await serve(({ path }) =>
      path === '/api/v1/pods'
        ? new Promise<undefined>((resolve) => setTimeout(resolve, 5_000, undefined).unref())
        : empty,
    )
    const answer = await diagnoseScope(cluster(), {}, { ...options(), maxMs: 500 })
    expect(answer.verdict).toBe('unknown')
    expect(answer.summary.code).toBe('diagnose-unknown')
    expect(answer.coverage.complete).toBe(false)
    expect(answer.checks).toBeLessThan(5)
  })
})
