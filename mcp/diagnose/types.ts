/** The interface of a check: what it reads, what it concludes, and samples that its test runs. */
import type { Evidence, Finding } from '../../shared/findings'
import type { Message } from '../../shared/messages/message'
import type { World } from './world/world'

/** Group and kind, e.g. `Pod` or `apps/Deployment`. */
export type KindId = string

export interface Ref {
  kind: KindId
  /** Absent for cluster-scoped objects. */
  namespace?: string | undefined
  name: string
}

/** What a check concludes about one object. */
export interface Found {
  object: Ref
  severity: Finding['severity']
  certainty: Finding['certainty']
  cause: Message
  evidence: Evidence[]
  next: Message
  /** Objects whose own findings would explain this one; by default those that the object depends on. */
  because?: Ref[]
  /** Reported only as an effect of another finding. */
  onlyAsEffect?: true
  /** Findings of one workload with the same value are reported as one; by default the text of the cause. */
  same?: string
  /** The same for all objects of a namespace. */
  isPerNamespace?: true
}

export interface Check {
  /** Unique, in kebab-case. */
  id: string
  /** Without all of these kinds the check is not counted, and without any it does not run. */
  reads: readonly KindId[]
  /** The page of the documentation that explains the state. */
  reference: string
  /** Checks whose findings on the same object are effects of this one's. */
  explains?: readonly string[]
  find: (world: World) => Found[]
  /** Lists of objects as YAML. Their time is 2026-11-29T12:00:00Z. */
  samples: { fires: readonly string[]; silent: readonly string[] }
}
