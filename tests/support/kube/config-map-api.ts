/** An API server with one ConfigMap whose writes a test can disturb. */
import { collectionPath } from '../../../shared/kubernetes/api'
import { discovered, discovery, startApi, status } from './api-server'
import type { ApiAnswer, ApiRequest, TestApi } from './api-server'

const UID = 'uid-of-kube-system'
const NAMESPACE_UID = 'uid-of-shop'
const COLLECTION = collectionPath({ group: '', version: 'v1', plural: 'configmaps', namespaced: true }, 'shop')
const PATH = `${COLLECTION}/c`

interface Stored {
  uid: string
  version: number
  data: Record<string, string>
  annotations: Record<string, string>
}

export interface ConfigMapApi extends TestApi {
  state: Stored
  /** Called before each response. Its result replaces the response; `lost` closes the connection after the write. */
  disturb: (request: ApiRequest, isReal: boolean) => ApiAnswer | 'lost' | undefined
  who: { user: string | undefined; uid: string; kubeSystem: boolean; namespace: boolean }
  /** Real writes in order. */
  writes: () => ApiRequest[]
}

export async function startConfigMapApi(): Promise<ConfigMapApi> {
  const state: Stored = { uid: 'uid-1', version: 1, data: { a: '1' }, annotations: {} }
  const who = { user: 'alice', uid: UID, kubeSystem: true, namespace: true }
  const object = (from: Stored = state) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      ...{ name: 'c', namespace: 'shop', uid: from.uid, resourceVersion: String(from.version) },
      annotations: from.annotations,
    },
    data: from.data,
  })

  const changed = (request: ApiRequest, isReal: boolean): ApiAnswer => {
    const body = JSON.parse(request.body) as {
      metadata?: { resourceVersion?: string; annotations?: Record<string, string> }
      data?: Record<string, string>
    }
    const bound = body.metadata?.resourceVersion
    if (bound !== undefined && bound !== String(state.version))
      return status(409, 'Conflict', 'Operation cannot be fulfilled on configmaps "c": the object has been modified')
    const next = { ...state, data: { ...state.data, ...body.data } }
    if (isReal) Object.assign(state, { ...next, version: state.version + 1 })
    return { body: object(isReal ? state : next), headers: { warning: '299 - "this is \\"old\\""' } }
  }

  const answer = (request: ApiRequest, isReal: boolean): ApiAnswer | undefined => {
    const { path, method } = request
    switch (path) {
      case '/version':
        return { body: { gitVersion: 'v1.37.2' } }
      case '/api':
        return discovery([
          { group: '', version: 'v1', resources: [discovered('configmaps', 'ConfigMap', { shortNames: ['cm'] })] },
        ])
      case '/apis':
        return discovery([])
      case '/apis/authentication.k8s.io/v1/selfsubjectreviews':
        return who.user === undefined ? undefined : { body: { status: { userInfo: { username: who.user } } } }
      case '/api/v1/namespaces/kube-system':
        return who.kubeSystem ? { body: { metadata: { uid: who.uid } } } : status(403, 'Forbidden', 'no')
      case '/api/v1/namespaces/shop':
        return who.namespace ? { body: { metadata: { uid: NAMESPACE_UID } } } : status(403, 'Forbidden', 'no')
      case PATH:
        if (method === 'GET') return { body: object() }
        return method === 'PATCH' ? changed(request, isReal) : undefined
      default:
        return undefined
    }
  }

  const own = {
    state,
    who,
    disturb: (): undefined => undefined,
    writes: () => api.requests.filter((each) => each.path === PATH && each.method !== 'GET' && !isDryRun(each)),
  }
  const api: TestApi = await startApi((request, response) => {
    const isReal = !isDryRun(request)
    const instead = whole.disturb(request, isReal)
    if (instead !== 'lost') return instead ?? answer(request, isReal)
    answer(request, isReal)
    response.socket?.destroy()
    return undefined
  })
  const whole: ConfigMapApi = Object.assign(api, own)
  return whole
}

function isDryRun({ query }: ApiRequest): boolean {
  return query.get('dryRun') === 'All'
}
