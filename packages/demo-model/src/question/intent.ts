/** What a question asks for. */
import type { ListKind, ObjectKind, TopKind } from './kinds'
import type { WriteIntent } from './write-intent'

export interface PodName {
  text: string
  /** True for a full pod name such as `cart-694bc7cd75-98wzg` or `ledger-0`; false for a workload's. */
  whole: boolean
  /** The kind that the question names with it. */
  kind?: ObjectKind
}

/** An object other than a pod, with its place if the question names one. */
export interface Target {
  kind: ObjectKind
  name: string
  namespace?: string
}

/** How a list is to be narrowed, ordered or counted. */
export interface ListOptions {
  labelSelector?: string
  fieldSelector?: string
  sortBy?: string
  countBy?: string
  since?: string
}

export interface LogOptions {
  previous: boolean
  container?: string
  search?: string
  since?: string
  limit?: number
}

export type Intent =
  | { type: 'list'; kind: ListKind; namespace?: string; options?: ListOptions }
  | { type: 'describe'; pod?: PodName; namespace?: string }
  | ({ type: 'logs'; pod?: PodName; namespace?: string } & LogOptions)
  | ({ type: 'object'; view: ObjectView } & Target)
  | { type: 'top'; kind: TopKind; name?: string; namespace?: string; sortBy?: 'memory' }
  | { type: 'diagnose'; pod?: PodName; namespace?: string }
  /** Undefined for an unsupported change. */
  | { type: 'write'; write: WriteIntent | undefined }
  | { type: 'help' }

export type ObjectView = 'describe' | 'yaml' | 'events' | 'rollout-status' | 'rollout-history' | 'history' | 'values'
