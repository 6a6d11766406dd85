/** Runs an approved Helm change exactly as shown, then reads its outcome from the cluster. */
import { msg } from '../../../shared/messages/create'
import type { ClusterIdentity } from '../../../shared/changes/change'
import type { WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import type { HelmEnd } from '../program/child'
import type { Gateway } from '../program/gateway'
import { writeApproved } from '../program/approved'
import type { Expected, RunEvents } from '../program/approved'
import { objectKey } from '../program/observed'
import type { ObservedWrite } from '../program/observed'
import { listRevisions } from '../storage'
import { objectsIn } from './manifest'
import type { Prepared } from './prepare'
import { outcomeOf, unknownOutcome } from './outcome'
import { helmError } from './session'
import type { HelmSession } from './session'
import type { HelmOutcome, HelmPlan } from './types'

/**
 * @param plan a fresh plan; its digest equals the approved one
 * @param identity cluster and user of the approval
 * @param detach called if the session must outlive this call
 * @throws KubeError if Helm failed before it changed anything
 */
export async function runPrepared(
  prepared: Prepared,
  plan: HelmPlan,
  identity: ClusterIdentity,
  session: HelmSession,
  context: WriteContext,
  detach: (end: Promise<unknown>) => void,
): Promise<HelmOutcome> {
  const { state, tried } = prepared
  const { cluster, signal } = context
  const approval = { ref: await cluster.identity(signal), identity, expected: await expectedWrites(prepared, context) }
  const observed: ObservedWrite[] = []
  const ending = new AbortController()
  let wrote = false
  let failed: KubeError | undefined
  let gateway: Gateway | undefined
  const events: RunEvents = {
    observed,
    beforeWrite: async () => (wrote ? undefined : await changedRelease(prepared, context)),
    sending: () => {
      if (!wrote) signal.throwIfAborted()
      wrote = true
    },
    failed: (error) => (failed ??= error),
  }
  const takesOver = tried.some(({ write }) => write.conflicts.length > 0)
  const command = [...prepared.command, ...(takesOver && session.program.major >= 4 ? ['--force-conflicts'] : [])]
  const running = session.call(
    command,
    writeApproved(cluster, state, approval, events),
    ending.signal,
    (opened) => (gateway = opened),
  )
  const aborted = onAbort(signal, () => {
    if (wrote) return true
    gateway?.stop()
    ending.abort()
    return false
  })
  const end = await Promise.race([running, aborted.promise]).finally(aborted.release)
  if (end === 'aborted') {
    // Helm must finish: interrupting it would leave the release locked.
    detach(running)
    return unknownOutcome(plan)
  }
  if (!wrote) {
    signal.throwIfAborted()
    throw failed ?? refusedBeforeWrite(end, observed)
  }
  return await outcomeOf({ prepared, plan, observed, end }, context)
}

function refusedBeforeWrite(end: HelmEnd, observed: readonly ObservedWrite[]): KubeError {
  const changed = observed.find(({ status }) => status === 409)?.words?.message
  return changed === undefined
    ? helmError(end)
    : new KubeError('conflict', msg('helm-nothing-changed', { words: changed }))
}

/**
 * Another upgrade may have run meanwhile.
 * @returns why nothing may be written
 */
async function changedRelease({ state }: Prepared, { cluster }: WriteContext): Promise<string | undefined> {
  const { name, namespace, newest } = state
  const signal = AbortSignal.timeout(READ_MS)
  const { revisions } = await listRevisions(cluster, { namespace, release: name, signal })
  const now = [...revisions].sort((a, b) => b.revision - a.revision)[0]
  if (now?.uid === newest?.uid && now?.revision === newest?.revision && now?.status === newest?.status) return undefined
  return `Helm release ${name} was changed by somebody else meanwhile`
}

const READ_MS = 25_000

/** The dry-run objects, the chart's definitions and its hooks. */
async function expectedWrites(
  { tried, hooks, crds, state }: Prepared,
  { cluster, signal }: WriteContext,
): Promise<Map<string, Expected>> {
  const expected = new Map<string, Expected>()
  for (const { write } of tried) {
    const uid = write.live?.metadata.uid
    expected.set(write.key, uid === undefined ? {} : { uid })
  }
  const group = 'apiextensions.k8s.io'
  for (const { metadata } of crds)
    expected.set(objectKey({ group, version: 'v1', plural: 'customresourcedefinitions' }, metadata.name), {})
  for (const { apiVersion, kind, metadata } of hooks.flatMap((hook) => objectsIn(hook.manifest))) {
    const { resource } = await cluster.discovery.find(`${apiVersion}/${kind}`, signal)
    const namespace = resource.namespaced ? (metadata.namespace ?? state.namespace) : undefined
    expected.set(objectKey({ ...resource, ...(namespace !== undefined && { namespace }) }, metadata.name), {
      isHook: true,
    })
  }
  return expected
}

/** @param ask returns true if the call ends now and the work continues */
function onAbort(signal: AbortSignal, ask: () => boolean): { promise: Promise<'aborted'>; release: () => void } {
  let release = (): void => undefined
  const promise = new Promise<'aborted'>((resolve) => {
    const listener = () => {
      if (ask()) resolve('aborted')
    }
    signal.addEventListener('abort', listener, { once: true })
    release = () => signal.removeEventListener('abort', listener)
    if (signal.aborted) listener()
  })
  return { promise, release }
}
