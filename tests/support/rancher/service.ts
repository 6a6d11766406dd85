/** The product as a Service of Rancher's cluster. */
import { openKubeApi } from '../kube/kube-api'

const SERVICE_NAME = 'http:k8s-ai-assistant:8005'
const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/k8s-ai-assistant'

/** Its path at Rancher, without a slash at the end. */
export const SERVICE_PATH = `/k8s/clusters/local/api/v1/namespaces/k8s-ai-assistant/services/${SERVICE_NAME}/proxy`

/**
 * Lets all users reach the product, and nothing else.
 * @param role name of the Role and its binding, one for each suite
 * @returns undoes it
 */
export async function letUsersIn(kubeconfig: string, role: string): Promise<() => Promise<void>> {
  const api = await openKubeApi(kubeconfig)
  const remove = async () => {
    for (const kind of ['rolebindings', 'roles']) await api.send('DELETE', `${RBAC}/${kind}/${role}`)
    await api.close()
  }
  await api.send('POST', `${RBAC}/roles`, {
    metadata: { name: role },
    rules: [
      { apiGroups: [''], resources: ['services/proxy'], resourceNames: [SERVICE_NAME], verbs: ['get', 'create'] },
    ],
  })
  await api.send('POST', `${RBAC}/rolebindings`, {
    metadata: { name: role },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
  })
  return remove
}
