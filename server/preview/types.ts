import type { ClusterIdentity } from '#shared/changes/change'
import type { PendingWrite } from '#shared/changes/pending-write'
import type { ClusterRef, ResultNote } from '#shared/result'

export type PreviewedCall = Pick<PendingWrite, 'tool' | 'server' | 'arguments'>

/** The content of a card, and the signed data. */
export interface PreparedChange extends Pick<
  PendingWrite,
  'arguments' | 'title' | 'previewed' | 'objects' | 'notes' | 'live' | 'confirm'
> {
  /** For a plan: its cluster and the data that binds it. */
  plan?: {
    cluster: ClusterRef
    identity: ClusterIdentity
    digest: string
    asOf: string
    /** The same by a person's own kubectl or helm. */
    command?: string
  }
}

export type Preparation =
  | { kind: 'change'; change: PreparedChange }
  | { kind: 'split'; calls: Record<string, unknown>[] }
  /** `code`: of our own server's error. */
  | { kind: 'refused'; note: ResultNote; code?: string }
