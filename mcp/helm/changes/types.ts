/** What a Helm change is to the engine: it plans and runs by itself, since one release is many objects. */
import type { ChangeOutcome, ChangePlan, ClusterIdentity } from '../../../shared/change'
import type { WriteArguments, WriteContext } from '../../changes/types'

/** A plan but for what the engine knows: cluster, identity and time. */
export type HelmPlan = Omit<ChangePlan, 'kind' | 'cluster' | 'identity' | 'asOf'>

export interface HelmOutcome extends Omit<ChangeOutcome, 'kind' | 'cluster' | 'asOf' | 'plan'> {
  /** Of status `changed`. */
  plan?: HelmPlan
}

/** What a person approved. */
export interface Approved {
  identity: ClusterIdentity
  digest: string
}

export interface HelmChangeTool {
  kind: 'helm'
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
  /** Why it cannot be used now, and the cure; undefined if it can. */
  problem: () => Promise<string | undefined>
  /**
   * Reads the arguments leniently and completely.
   * @throws KubeError `invalid-arguments`
   */
  read: (raw: unknown) => WriteArguments
  /** Reads and dry-runs; changes nothing. @throws KubeError; `not-available` without the helm program */
  plan: (args: WriteArguments, context: WriteContext) => Promise<HelmPlan>
  /**
   * Plans again, and runs if the digest is the same. Cluster and user are checked before each write.
   * @throws KubeError as `plan`, as long as nothing was changed
   */
  run: (args: WriteArguments, approved: Approved, context: WriteContext) => Promise<HelmOutcome>
}
