/** A writing tool as the protocol calls it. The engine or Helm plans and runs it. */
import type { ChangeOutcome, ChangePlan, ClusterIdentity } from '../../shared/changes/change'
import type { ClusterRef } from '../../shared/result'
import type { HelmChangeTool, HelmPlan } from '../helm/changes/types'
import { checkIdentity, clusterIdentity } from './identity'
import { planChange } from './plan'
import { runChange } from './run'
import type { Approved, RunContext } from './run'
import type { WriteArguments, WriteTool } from './types'

export interface ChangeTool {
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
  /** Why the tool is unusable now and how to fix it; undefined if it is usable. */
  problem?: () => Promise<string | undefined>
  /**
   * One set of arguments for each object of the request.
   * @throws KubeError `invalid-arguments`
   */
  read: (raw: unknown) => WriteArguments[]
  /**
   * Changes nothing.
   * @throws KubeError
   */
  plan: (args: WriteArguments, context: RunContext) => Promise<ChangePlan>
  /** @throws KubeError if nothing was changed */
  run: (args: WriteArguments, approved: Approved, context: RunContext) => Promise<ChangeOutcome>
}

export function draftedTool({ draft, ...tool }: WriteTool): ChangeTool {
  return {
    ...tool,
    plan: (args, context) => planChange({ ...tool, draft }, args, context),
    run: (args, approved, context) => runChange({ ...tool, draft }, args, approved, context),
  }
}

export function helmTool(helm: HelmChangeTool): ChangeTool {
  const { name, description, properties, required, problem } = helm
  return {
    ...{ name, description, properties, required, problem },
    read: (raw) => [helm.read(raw)],
    async plan(args, context) {
      const plan = await helm.plan(args, context)
      const ref = await context.cluster.identity(context.signal)
      return completed(plan, ref, await identityNow(ref, { namespace: namespaceOf(plan) }, context), context)
    },
    async run(args, { identity, digest }, context) {
      const ref = await context.cluster.identity(context.signal)
      checkIdentity(identity, await identityNow(ref, { uidOf: identity.uidOf }, context))
      const { plan, ...outcome } = await helm.run(args, { identity, digest }, context)
      const asOf = new Date(context.now()).toISOString()
      const next = plan && { plan: completed(plan, ref, identity, context) }
      return { kind: 'outcome', cluster: ref, asOf, ...outcome, ...next }
    },
  }
}

function completed(plan: HelmPlan, cluster: ClusterRef, identity: ClusterIdentity, { now }: RunContext): ChangePlan {
  return { kind: 'plan', cluster, identity, asOf: new Date(now()).toISOString(), ...plan }
}

/** The release's namespace. */
function namespaceOf({ objects }: HelmPlan): string | undefined {
  return objects.find(({ namespace }) => namespace !== undefined)?.namespace
}

function identityNow(
  ref: ClusterRef,
  by: { namespace?: string | undefined; uidOf?: string },
  { cluster, signal }: RunContext,
): Promise<ClusterIdentity> {
  return cluster.client.hold(signal, (held) => clusterIdentity(held, { ref, namespace: undefined, signal, ...by }))
}
