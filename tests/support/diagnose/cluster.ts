/** Diagnoses a cluster in this process, as the MCP server would. */
import { diagnoseScope } from '../../../mcp/diagnose/diagnose'
import type { Asked } from '../../../mcp/diagnose/target'
import { openCluster } from '../../../mcp/kubernetes/cluster'
import type { OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'

export function openTestCluster(kubeconfig: string): OpenCluster {
  const rules = { deniedKinds: new Set(['secret', 'secrets']), deniedNamespaces: new Set<string>() }
  return openCluster({ credentials: operatorCredentials({ paths: [kubeconfig] }), rules })
}

export async function diagnoseIn(cluster: OpenCluster, asked: Asked) {
  const startedAt = performance.now()
  const answer = await diagnoseScope(cluster, asked, { signal: AbortSignal.timeout(30_000), now: Date.now() })
  const ms = performance.now() - startedAt
  // As the program sends it.
  const about = { cluster: await cluster.identity(AbortSignal.timeout(5000)), asOf: new Date().toISOString() }
  return { answer: { ...answer, ...about }, ms }
}
