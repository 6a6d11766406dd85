/** Who manages the changed object or will revert the change, and where to make a lasting change. */
import type { ResultNote } from '../../../shared/result'
import type { Message } from '../../../shared/messages/message'
import { quotedWords } from '../../../shared/messages/create'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'
import { isRecord } from '../../../shared/kubernetes/fields'
import type { Operation } from '../types'
import { toObject } from '../../kubernetes/list/paging'
import { addonManager } from './installers/addon-manager'
import { argoCd } from './gitops/argo-cd'
import { autoscaler, keda } from './autoscaling/autoscaler'
import { builtIn } from './owners/built-in'
import { configSync } from './gitops/config-sync'
import { crossplane } from './owners/crossplane'
import { disruptionBudget } from './limits/disruption-budget'
import { effectOf } from './effect'
import { fleet } from './gitops/fleet'
import { fluxHelmRelease } from './gitops/flux-helm-release'
import { fluxKustomization } from './gitops/flux-kustomization'
import { fluxOperator } from './gitops/flux-operator'
import { helm } from './installers/helm'
import { k3sAddon } from './installers/k3s-addon'
import { kapp } from './installers/kapp'
import { isRemoval } from './marks'
import { olm } from './installers/olm'
import { owner } from './owners/owner'
import { quota } from './limits/quota'
import { rancher } from './owners/rancher'
import { controllerOf } from './owners/owner-references'
import { openReads } from './reads'
import type { Reads } from './reads'
import { staticPod } from './owners/static-pod'
import type { Change, Manager } from './types'
import { verticalAutoscaler } from './autoscaling/vertical-autoscaler'

/** The first with a place for the lasting change wins: Git before a release, a release before an owner. */
const MANAGERS: readonly Manager[] = [
  ...[argoCd, fluxKustomization, fluxHelmRelease, fluxOperator, fleet, configSync, kapp, helm],
  ...[k3sAddon, rancher, olm, addonManager, crossplane, builtIn, staticPod, owner],
  ...[autoscaler, keda, verticalAutoscaler, disruptionBudget, quota],
]

/** Those that keep an object as they declare it; the others only limit or scale it. */
const KEEPERS = new Set(MANAGERS.slice(0, MANAGERS.indexOf(verticalAutoscaler)))

export interface ManagedBy {
  manager: Message
  /** Where a lasting change belongs; absent if unknown. */
  place?: Message
}

/**
 * Who keeps an object, nearest to the source first: Git before a release, a release before an owner.
 * @param reads of the cluster, or of objects that were read before
 * @throws KubeError only if it concerns every call
 */
export async function managedBy(live: KubeObject, resource: ApiResource, reads: Reads): Promise<ManagedBy[]> {
  const { name, namespace } = live.metadata
  const operation: Operation = {
    ...{ verb: 'update', method: 'PATCH', path: '', contentType: 'application/merge-patch+json' },
    ...{ resource, namespace, name, live, body: {}, query: {}, assigned: [], notes: [] },
  }
  const change = await changeOf(operation, reads)
  const keepers = MANAGERS.filter((manager) => KEEPERS.has(manager) && manager.applies(change))
  const findings = await Promise.all(keepers.map((manager) => manager.check(change, reads)))
  return findings.flatMap((finding): ManagedBy[] => {
    const { manager, lasting } = finding ?? {}
    if (manager === undefined) return []
    const place = lasting?.params.source
    const named = typeof manager === 'string' ? quotedWords(manager) : manager
    return [
      {
        manager: named,
        ...(place !== undefined && { place: typeof place === 'object' ? place : quotedWords(String(place)) }),
      },
    ]
  })
}

export interface FactOptions {
  /** Result of the dry run. Without it the request body is interpreted. */
  after?: unknown
  /** Shared by all operations of a draft; see `openReads`. */
  reads?: Reads
}

/**
 * Notes for the card: first what each manager will do, then where to make the lasting change (`lasting-…`), then what
 * could not be checked (`not-checked`).
 * @throws KubeError only if it concerns every call
 */
export async function managersOf(
  operation: Operation,
  cluster: Cluster,
  signal: AbortSignal,
  { after, reads = openReads(cluster, signal) }: FactOptions = {},
): Promise<ResultNote[]> {
  const change = await changeOf(operation, reads, after)
  const applying = MANAGERS.filter((manager) => manager.applies(change))
  const findings = await Promise.all(applying.map((manager) => manager.check(change, reads)))
  const notes = findings.flatMap((finding) => finding?.notes ?? [])
  // Git and charts do not contain what an owner creates, and the user wants the owner to replace it.
  const isMade = isRemoval(change) && controllerOf(change.object) !== undefined
  const lasting = isMade ? undefined : findings.find((finding) => finding?.lasting)?.lasting
  const unread = notes.filter(({ code }) => code === 'not-checked')
  const known = notes.filter(({ code }) => code !== 'not-checked')
  return unique([...known, ...(lasting ? [lasting] : []), ...unread])
}

/** Whether a note tells where a lasting change belongs. */
export function isLasting({ code }: ResultNote): boolean {
  return code.startsWith('lasting-')
}

export async function changeOf(operation: Operation, reads: Reads, after?: unknown): Promise<Change> {
  const { live, resource, body } = operation
  const effect = effectOf(operation, after)
  const read = live ?? effect.after ?? toObject(isRecord(body) ? body : {})
  const { group, version, kind } = resource
  const object = { ...read, apiVersion: group === '' ? version : `${group}/${version}`, kind }
  const owners = live ? await reads.owners(object) : []
  return { operation, object, owners, effect }
}

function unique(notes: ResultNote[]): ResultNote[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()]
}
