/** The source of a cluster's credentials: the operator's kubeconfig files, or the pod's service account. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKubeconfig } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ChosenContext } from '../../mcp/kubernetes/connection/kubeconfig'

export interface KubeconfigSource {
  files: readonly string[]
  /**
   * @param context defaults to the source's own choice
   * @throws KubeconfigError
   */
  read: (context?: string) => ChosenContext
}

/**
 * The operator's files, merged as kubectl does.
 * @param context KUBE_CONTEXT
 */
export function fileSource(files: readonly string[], context?: string): KubeconfigSource {
  return { files, read: (wanted = context) => readKubeconfig(files, wanted) }
}

/** Kubernetes' mount path of a pod's service account. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * The pod's service account. Token and certificate are referenced by path, since Kubernetes renews them.
 * @param server URL of the API server
 * @param folder mount path of the service account
 */
export function serviceAccountSource(server: string, folder: string = SERVICE_ACCOUNT): KubeconfigSource {
  const name = 'in-cluster'
  const user = 'service-account'
  const ca = join(folder, 'ca.crt')
  return {
    files: [],
    read: () => {
      const namespace = namespaceIn(folder)
      const inNamespace = namespace === undefined ? {} : { namespace }
      return {
        context: name,
        name,
        server,
        user,
        ...inNamespace,
        alone: {
          apiVersion: 'v1',
          kind: 'Config',
          'current-context': name,
          contexts: [{ name, context: { cluster: name, user, ...inNamespace } }],
          clusters: [{ name, cluster: { server, ...(existsSync(ca) && { 'certificate-authority': ca }) } }],
          users: [{ name: user, user: { tokenFile: join(folder, 'token') } }],
        },
      }
    },
  }
}

function namespaceIn(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'namespace'), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
