/** The kubeconfig in use. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Environment } from '#shared/environment/schema'
import { SERVICE_ACCOUNT } from '../cluster/kubeconfig-source'
import type { Problems } from './problems'

export interface KubeConfig {
  /** Existing files from KUBECONFIG or `~/.kube/config`; none: in-cluster, otherwise the demo cluster. */
  paths: string[]
  context?: string
  /** True if the operator named files or a context: then both must be valid. `~/.kube/config` is only a default. */
  chosen: boolean
  /** Set in a pod with a service account and without a kubeconfig. */
  serviceAccount?: { /** URL of the API server. */ server: string }
}

export function readKube(env: Environment, demo: boolean, problems: Problems): KubeConfig {
  const { KUBECONFIG: files, KUBE_CONTEXT: context, KUBERNETES_SERVICE_HOST: serviceHost } = env
  const named = files?.split(delimiter).filter(Boolean) ?? []
  const paths = named.filter((path) => existsSync(path))
  if (!demo && named.length > 0 && paths.length === 0)
    problems.add('KUBECONFIG', `there is no file ${named.join(', ')}`)
  const home = join(env.HOME ?? homedir(), '.kube', 'config')
  const found = named.length > 0 ? paths : existsSync(home) ? [home] : []
  const inPod = !demo && found.length === 0 && serviceHost && existsSync(join(SERVICE_ACCOUNT, 'token'))
  if (inPod && context !== undefined) problems.add('KUBE_CONTEXT', 'needs a kubeconfig: set KUBECONFIG', ['KUBECONFIG'])
  return {
    paths: found,
    chosen: named.length > 0 || context !== undefined,
    ...(context !== undefined && { context }),
    ...(inPod && { serviceAccount: { server: serviceUrl(serviceHost, env.KUBERNETES_SERVICE_PORT) } }),
  }
}

/** From the variables that Kubernetes sets in each pod. */
function serviceUrl(host: string, port = '443'): string {
  return new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`).origin
}
