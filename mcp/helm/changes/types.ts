/** A Helm change as the engine sees it. It plans and runs itself, since a release consists of many objects. */
import type { ChangeOutcome, ChangePlan, ClusterIdentity } from '../../../shared/changes/change'
import type { WriteArguments, WriteContext } from '../../changes/types'

/** A plan without the fields that the engine adds: cluster, identity and time. */
export type HelmPlan = Omit<ChangePlan, 'kind' | 'cluster' | 'identity' | 'asOf'>

export interface HelmOutcome extends Omit<ChangeOutcome, 'kind' | 'cluster' | 'asOf' | 'plan'> {
  /** Set for status `changed`. */
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
  /** Why the tool is unusable now and how to fix it; undefined if it is usable. */
  problem: () => Promise<string | undefined>
  /**
   * Parses and completes the arguments.
   * @throws KubeError `invalid-arguments`
   */
  read: (raw: unknown) => WriteArguments
  /**
   * Reads and dry-runs; changes nothing.
   * @throws KubeError; `not-available` without the helm program
   */
  plan: (args: WriteArguments, context: WriteContext) => Promise<HelmPlan>
  /**
   * Plans again, and runs if the digest is the same. Cluster and user are checked before each write.
   * @throws KubeError as `plan`, if nothing was changed
   */
  run: (args: WriteArguments, approved: Approved, context: WriteContext) => Promise<HelmOutcome>
}
