import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planChange } from '../../../../mcp/changes/plan'
import { runChange } from '../../../../mcp/changes/run'
import { changeOutcomeSchema } from '../../../../shared/changes/change'
import { startApi, status } from '../../../support/kube/api-server'
import { startConfigMapApi, type ConfigMapApi } from '../../../support/kube/config-map-api'
import { draftTool, patchOf } from '../../../support/mcp/draft-tool'

let api: ConfigMapApi

beforeEach(async () => {
  api = await startConfigMapApi()
})
afterEach(() => api.close())

const REF = { kind: 'configmaps', name: 'c', namespace: 'shop' }
const tool = draftTool(async (context) => [await patchOf(REF, { data: { a: '2' } }, context)])

function context() {
  return { cluster: api.cluster(), signal: AbortSignal.timeout(20_000), now: Date.now }
}
const plan = () => planChange(tool, {}, context())
const run = async (approved: Awaited<ReturnType<typeof plan>>) =>
  changeOutcomeSchema.parse(await runChange(tool, {}, approved, context()))

describe('a plan', () => {
  it('sends dry runs alone', async () => {
    const { objects } = await plan()
    expect(objects[0]?.diff).toContain('-  a: "1"\n+  a: "2"')
    expect(api.writes()).toEqual([])
    expect(api.state.data).toEqual({ a: '1' })
  })

  it('shows the warnings of the API server', async () => {
    const { objects } = await plan()
    expect(objects[0]?.notes).toContainEqual({
      code: 'api-warning',
      params: { text: 'this is "old"' },
      text: 'The API server warns: this is "old"',
    })
  })

  it('does not take what somebody else changes between read and dry run for a part of the change', async () => {
    let touches = 0
    api.disturb = ({ method, path }) => {
      // Twice, after the read and before the dry run.
      if (method === 'PATCH' && path.endsWith('/c') && touches < 2) {
        api.state.version++
        api.state.annotations = { at: String(touches++) }
      }
      return undefined
    }
    const { objects } = await plan()
    expect(objects[0]?.diff).not.toMatch(/^[-+].*at:/m)
    expect(touches).toBe(2)
  })

  it('is refused with the name of a webhook that does not support dry runs', async () => {
    const words = 'admission webhook "stamp.example.com" does not support dry run'
    api.disturb = ({ method, path }) =>
      method === 'PATCH' && path.endsWith('/c') ? status(400, 'BadRequest', words) : undefined
    await expect(plan()).rejects.toMatchObject({
      code: 'dry-run-unsupported',
      params: { webhook: 'stamp.example.com' },
    })
    const allowed = await planChange(tool, {}, { ...context(), allowWithoutDryRun: true })
    expect(allowed.objects[0]?.notes[0]).toMatchObject({ code: 'no-dry-run', params: { webhook: 'stamp.example.com' } })
    expect(allowed.objects[0]?.diff).toContain('+  a: "2"')
  })

  it('is refused in a namespace that the operator excludes', async () => {
    const cluster = api.cluster({ denied: { namespaces: ['shop'] } })
    await expect(planChange(tool, {}, { ...context(), cluster })).rejects.toMatchObject({ code: 'denied-by-operator' })
  })
})

describe('a run', () => {
  it('is bound to the resource version of the dry run', async () => {
    const outcome = await run(await plan())
    expect(outcome).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(api.writes().map(({ body }) => JSON.parse(body))).toEqual([
      { data: { a: '2' }, metadata: { resourceVersion: '1' } },
    ])
  })

  it('is repeated after a conflict, if the change is still the same (writes-12)', async () => {
    const approved = await plan()
    let conflicts = 0
    api.disturb = ({ method }, isReal) => {
      if (method === 'PATCH' && isReal && conflicts < 3) {
        conflicts++
        api.state.version++
      }
      return undefined
    }
    expect(await run(approved)).toMatchObject({ status: 'done' })
    expect(api.writes()).toHaveLength(4)
  })

  it('ends with a refusal after five conflicts', async () => {
    const approved = await plan()
    api.disturb = ({ method }, isReal) => {
      if (method === 'PATCH' && isReal) api.state.version++
      return undefined
    }
    const outcome = await run(approved)
    expect(outcome).toMatchObject({ status: 'refused', objects: [{ state: 'refused' }] })
    expect(outcome.objects[0]?.notes.map(({ text }) => text)).toEqual([
      'c changed meanwhile.',
      'ConfigMap c exists now',
    ])
    expect(api.writes()).toHaveLength(5)
  })

  it('asks again if the conflict came from a change of a shown field (errors-17)', async () => {
    const approved = await plan()
    api.disturb = ({ method }, isReal) => {
      if (method === 'PATCH' && isReal && api.state.version === 1)
        Object.assign(api.state, { version: 2, data: { a: 'theirs' } })
      return undefined
    }
    const outcome = await run(approved)
    expect(outcome.status).toBe('changed')
    expect(outcome.plan?.objects[0]?.diff).toContain('-  a: theirs\n+  a: "2"')
    expect(api.state.data).toEqual({ a: 'theirs' })
  })

  it('is never sent again if its answer was lost', async () => {
    const approved = await plan()
    api.disturb = ({ method }, isReal) => (method === 'PATCH' && isReal ? 'lost' : undefined)
    const outcome = await run(approved)
    expect(outcome).toMatchObject({ status: 'unknown', objects: [{ state: 'unknown' }] })
    expect(outcome.objects[0]?.notes.map(({ code }) => code)).toEqual(['api-no-answer-to-change', 'shows-change'])
    expect(api.writes()).toHaveLength(1)
  })

  it.each([500, 502, 504])('does not take a %i for a refusal', async (code) => {
    const approved = await plan()
    api.disturb = ({ method }, isReal) =>
      method === 'PATCH' && isReal ? status(code, 'InternalError', 'etcdserver: request timed out') : undefined
    const outcome = await run(approved)
    expect(outcome.status).toBe('unknown')
    expect(outcome.objects[0]?.notes.map(({ code: each }) => each)).toEqual(['unknown-outcome', 'no-change-shown'])
    expect(api.writes()).toHaveLength(1)
  })

  it('takes a webhook that did not answer for a refusal, although it is a 500', async () => {
    const approved = await plan()
    const words =
      'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: Post "https://a.b.svc:443/": context deadline exceeded'
    api.disturb = ({ method }, isReal) =>
      method === 'PATCH' && isReal ? status(500, 'InternalError', words) : undefined
    const outcome = await run(approved)
    expect(outcome).toMatchObject({ status: 'refused', objects: [{ notes: [{ code: 'webhook-failed' }, {}] }] })
  })

  it('renews a login that the API server refuses, and writes once', async () => {
    const approved = await plan()
    let refused = 0
    api.disturb = ({ path }) =>
      path.endsWith('selfsubjectreviews') && refused++ === 0 ? status(401, 'Unauthorized', 'Unauthorized') : undefined
    expect(await run(approved)).toMatchObject({ status: 'done' })
    expect(api.writes()).toHaveLength(1)
  })

  it('is refused as another user and on another cluster, also between its own check and the write', async () => {
    const approved = await plan()
    api.who.user = 'bob'
    await expect(run(approved)).rejects.toMatchObject({ code: 'cluster-changed', params: { fields: 'user' } })
    Object.assign(api.who, { user: undefined })
    await expect(run(approved)).rejects.toMatchObject({ code: 'cluster-changed', params: { fields: 'user' } })
    Object.assign(api.who, { user: 'alice', uid: 'another' })
    await expect(run(approved)).rejects.toMatchObject({ code: 'cluster-changed' })
    Object.assign(api.who, { uid: 'uid-of-kube-system' })
    api.disturb = ({ method, query }) => {
      if (method === 'PATCH' && query.get('dryRun') === 'All') Object.assign(api.who, { user: 'bob' })
      return undefined
    }
    expect(await run(approved)).toMatchObject({
      status: 'refused',
      objects: [{ state: 'refused', notes: [{ code: 'cluster-changed' }, {}] }],
    })
    expect(api.writes()).toEqual([])
  })

  it('does not write over a connection that was opened after the check', async () => {
    const approved = await plan()
    let checks = 0
    // The server closes each connection after the check; another server could answer the next one.
    api.disturb = ({ path, method }) => {
      if (path !== '/api/v1/namespaces/kube-system' || method !== 'GET') return undefined
      checks++
      return { body: { metadata: { uid: api.who.uid } }, headers: { connection: 'close' } }
    }
    const outcome = await run(approved)
    expect(outcome.status).toBe('refused')
    expect(outcome.objects[0]?.notes[0]).toMatchObject({ code: 'unreachable' })
    expect(checks).toBeGreaterThan(2)
    expect(api.writes()).toEqual([])
  })

  it('is refused if the identity was of the namespace, and that is another one now', async () => {
    api.who.kubeSystem = false
    const approved = await plan()
    expect(approved.identity).toMatchObject({ uidOf: 'shop', uid: 'uid-of-shop' })
    api.who.kubeSystem = true
    expect(await run(approved)).toMatchObject({ status: 'done' })
  })

  it('says that nothing can be changed if the cluster cannot be identified', async () => {
    Object.assign(api.who, { kubeSystem: false, namespace: false })
    await expect(plan()).rejects.toMatchObject({
      code: 'not-identified',
      params: { namespaces: 'kube-system, shop', verb: 'get', resource: 'namespaces' },
    })
  })

  it('identifies a user whom the API server does not tell by the credentials', async () => {
    Object.assign(api.who, { user: undefined })
    const { identity } = await plan()
    expect(identity.user).toMatch(/^unknown [0-9a-f]{32}$/)
    expect(identity.user).toBe((await plan()).identity.user)
  })

  it('explains a server that cannot be reached without an unknown outcome', async () => {
    const { url, close } = await startApi(() => undefined)
    await close()
    expect(url).toContain('127.0.0.1')
    const approved = await plan()
    await expect(
      runChange(tool, {}, { ...approved, identity: { ...approved.identity, server: url } }, context()),
    ).rejects.toMatchObject({ code: 'cluster-changed', params: { fields: 'server' } })
  })
})
