/** `IMPERSONATE=1`: the API server decides by each user's own rights. */
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { chatAnswerSchema } from '../../../shared/chat/answer'
import { openKubeApi } from '../../support/kube/kube-api'
import type { KubeApi } from '../../support/kube/kube-api'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { proxied, proxyLogin } from '../../support/proxy-login'

const NAMESPACE = 'live-impersonation'
const RBAC = `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}`

describe.skipIf(!testKubeconfig)('users who are impersonated', () => {
  let api: KubeApi
  let replay: ReplayServer
  let app: App

  beforeAll(async () => {
    api = await openKubeApi(testKubeconfig ?? '')
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } })
    await api.send('POST', `/api/v1/namespaces/${NAMESPACE}/configmaps`, { metadata: { name: 'shared' } })
    await api.send('POST', `${RBAC}/rolebindings`, {
      metadata: { name: 'viewers' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ada' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'ops' },
      ],
    })
    replay = await startReplayServer({ contextLength: 32_768 })
    app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      KUBECONFIG: testKubeconfig,
      IMPERSONATE: '1',
      ...proxyLogin,
    })
  })
  afterAll(async () => {
    await app?.stop()
    await replay?.close()
    await api?.send('DELETE', `/api/v1/namespaces/${NAMESPACE}`)
    await api?.close()
  })

  async function configMapsFor(headers: Record<string, string>) {
    replay.enqueue(
      answer.toolCall('kubectl_get', { resourceType: 'configmaps', namespace: NAMESPACE }),
      answer.text('So it is.'),
    )
    const messages = [{ role: 'user', content: 'Show me the config maps.' }]
    const response = await request(`${app.url}/api/chat`, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      body: JSON.stringify({ messages }),
    })
    const { toolCalls } = chatAnswerSchema.parse(await response.body.json())
    return toolCalls[0]
  }

  it.each([
    ['a bound user', 'ada', []],
    ['a member of a bound group', 'eve', ['ops']],
  ])('see what their rights allow: %s', async (_, user, groups) => {
    expect(await configMapsFor(proxied(user, groups))).toMatchObject({
      status: 'ok',
      result: { kind: 'table', cluster: { user } },
    })
  })

  it.each([
    ['of somebody else', []],
    ['that only Kubernetes gives', ['system:masters']],
  ])('see nothing by rights %s', async (_, groups) => {
    const call = await configMapsFor(proxied('mallory', groups))
    expect(call).toMatchObject({ status: 'error' })
    expect(JSON.stringify(call?.result)).toContain('mallory')
  })

  it("may not have a name of Kubernetes' own", async () => {
    const { statusCode, body } = await request(`${app.url}/api/mcp/status`, { headers: proxied('system:admin') })
    await body.dump()
    expect(statusCode).toBe(401)
  })
})
