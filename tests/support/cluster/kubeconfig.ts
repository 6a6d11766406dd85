/** Kubeconfig files of tests. */
import { stringify } from 'yaml'

export interface TestContext {
  context: string
  server: string
  user?: Record<string, unknown>
  /** Name of the user entry; defaults to the context's. */
  userName?: string
  ca?: string
}

/** A kubeconfig with these contexts as YAML; each has its own cluster and user of the same name. */
export function kubeconfigText(contexts: readonly TestContext[], current = contexts[0]?.context ?? ''): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    clusters: contexts.map(({ context, server, ca }) => {
      return { name: context, cluster: { server, ...(ca !== undefined && { 'certificate-authority': ca }) } }
    }),
    contexts: contexts.map(({ context, userName = context }) => {
      return { name: context, context: { cluster: context, user: userName } }
    }),
    users: contexts.map(({ context, userName = context, user = { token: `${context}-token` } }) => {
      return { name: userName, user }
    }),
  })
}
