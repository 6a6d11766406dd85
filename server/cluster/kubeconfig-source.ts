/** Where the credentials of a cluster come from: the operator's kubeconfig files, or the service account of the pod. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKubeconfig } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ChosenContext } from '../../mcp/kubernetes/connection/kubeconfig'

export interface KubeconfigSource {
  /** Files to look at for changes. */
  files: readonly string[]
  /**
   * @param context name of the context; the one that the source prefers if absent
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

/** Where Kubernetes mounts the service account of a pod. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * The service account of the pod. Token and certificate are referred to by path, since Kubernetes renews them.
 * @param server URL of the API server
 * @param folder of the mounted service account
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
