/** A read tool: its schema for the model, and its function over parsed arguments. */
import type { ToolData } from '../../shared/result'
import type { ReadRunbooks } from '../diagnose/runbooks/read-runbooks'
import type { Cluster } from '../kubernetes/types'

/** Arguments of all read tools after `readArguments`. All are optional. */
export interface ToolArguments {
  /** As the model wrote it: `pods`, `deploy`, `Certificate`, `apps/v1/Deployment`. */
  resource?: string
  name?: string
  namespace?: string
  allNamespaces?: boolean
  labelSelector?: string
  fieldSelector?: string
  countBy?: string
  sortBy?: string
  limit?: number
  container?: string
  previous?: boolean
  /** `10m`, `2h`, or a time such as `14:02` or `2026-11-29T14:02:00Z`. */
  since?: string
  /** A time; returns the log around it. */
  around?: string
  search?: string
  /** For `kubectl_rollout`: `status` or `history`. */
  action?: string
  /** For `kubectl_explain`: `spec.template.spec`. */
  field?: string
  revision?: number
}

export interface ToolContext {
  cluster: Cluster
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: () => number
  /** The operator's runbooks; absent: none. */
  runbooks?: ReadRunbooks
}

/** A result without `cluster` and `asOf`, which the program adds. */
export type ToolAnswer = ToolData extends infer Part
  ? Part extends unknown
    ? Omit<Part, 'cluster' | 'asOf'>
    : never
  : never

export interface ReadTool {
  name: string
  description: string
  /** JSON Schemas of the arguments by name. Short: the model reads them with every request. */
  properties: Record<string, object>
  required?: string[]
  /** @throws KubeError */
  run: (args: ToolArguments, context: ToolContext) => Promise<ToolAnswer>
}
