/** What a tool is: its schema for the model, and what it does with arguments that were read leniently. */
import type { ToolData } from '../../shared/result'
import type { Cluster } from '../kubernetes/types'

/** The arguments of all reading tools after `readArguments`: unambiguous forms are accepted, and all are optional. */
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
  /** A time; the log around it. */
  around?: string
  search?: string
  /** Of `kubectl_rollout`: `status` or `history`. */
  action?: string
  /** Of `kubectl_explain`: `spec.template.spec`. */
  field?: string
  revision?: number
}

export interface ToolContext {
  cluster: Cluster
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Everything of a result but who answered and when: the program adds `cluster` and `asOf`. */
export type ToolAnswer = ToolData extends infer Part
  ? Part extends unknown
    ? Omit<Part, 'cluster' | 'asOf'>
    : never
  : never

export interface ReadTool {
  name: string
  description: string
  /** JSON schemas of the arguments by name: short, since the model reads them with every request. */
  properties: Record<string, object>
  required?: string[]
  /** @throws KubeError */
  run: (args: ToolArguments, context: ToolContext) => Promise<ToolAnswer>
}
