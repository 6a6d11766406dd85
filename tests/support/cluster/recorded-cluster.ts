/** A real cluster behind a recorder: what reaches it is counted, and kubeconfigs for both ways to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startRecorder } from '../../soak/changes/recorder'
import type { Recorder } from '../../soak/changes/recorder'
import { openKubeApi } from '../kube/kube-api'
import type { KubeApi } from '../kube/kube-api'
import { kubeconfigText } from './kubeconfig'

export interface RecordedCluster {
  api: KubeApi
  recorder: Recorder
  namespace: string
  /** Kubeconfigs of an admin with the context `staging`: through the recorder, and past it. */
  recorded: string
  direct: string
  remove: () => Promise<void>
}

const tokenSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) })
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'

/** @param kubeconfig of the admin */
export async function startRecordedCluster(kubeconfig: string, namespace: string): Promise<RecordedCluster> {
  const folder = mkdtempSync(join(tmpdir(), `${namespace}-`))
  const api = await openKubeApi(kubeconfig)
  await api.send('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const recorder = await startRecorder(api)
  const user = { token: await adminToken(api, namespace) }
  const file = (name: string, server: string, pem: string | undefined) => {
    const ca = join(folder, `${name}.crt`)
    writeFileSync(ca, pem ?? '')
    const context = { context: 'staging', server, user, ...(pem !== undefined && { ca }) }
    writeFileSync(join(folder, name), kubeconfigText([context]))
    return join(folder, name)
  }
  return {
    ...{ api, recorder, namespace },
    recorded: file('recorded', recorder.url, recorder.ca),
    direct: file('direct', api.server, api.ca),
    remove: async () => {
      await recorder.close()
      await api.send('DELETE', `${BINDINGS}/${namespace}`)
      await api.send('DELETE', `/api/v1/namespaces/${namespace}`)
      await api.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The recorder forwards only tokens, but the operator's kubeconfig may use another login. */
export async function adminToken(api: KubeApi, namespace: string): Promise<string> {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await api.send('POST', accounts, { metadata: { name: 'admin' } })
  await api.send('POST', BINDINGS, {
    metadata: { name: namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'admin', namespace }],
  })
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 7200 } }
  return tokenSchema.parse(await api.send('POST', `${accounts}/admin/token`, body)).status.token
}
