import type { PreviewNote } from '#shared/preview-note'
import { FLUX_NAMESPACE } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { at, isRecord, textAt, withValue } from './fields'
import { describeRef, isClusterWide, refOf } from './kinds'
import { manifestObjects, withMetadata } from './manifest'
import { applyManifest } from './merge'
import { note } from './note'
import { rolloutNote } from './rollout-note'
import { LAST_APPLIED } from './strip'
import type { Read } from './reader'
import type { Change, KubernetesObject, ObjectRef, PreparedWrite } from './types'

/** kubernetes-mcp-server: server-side apply. */
export const prepareCreateOrUpdate: Preparer = (args, context) =>
  preview(args, 'resource', {}, context, ({ live }) => (live.state === 'found' ? note('apply-unseen') : undefined))

/** mcp-server-kubernetes: `kubectl apply`, in the call's namespace. */
export const prepareKubectlApply: Preparer = async (args, context) => {
  if (textAt(args, 'filename') && !textAt(args, 'manifest')) return prepared({ args, notes: [note('apply-file')] })
  const namespace = textAt(args, 'namespace') ?? onlyNamespace(textAt(args, 'manifest') ?? '') ?? FLUX_NAMESPACE
  return await preview({ ...args, namespace }, 'manifest', { namespace }, context, ({ ref }) =>
    ref.namespace && ref.namespace !== namespace && !isClusterWide(ref.type)
      ? note('apply-elsewhere', { object: describeRef(ref), own: ref.namespace, namespace })
      : undefined,
  )
}

/** mcp-server-kubernetes: `kubectl create -f`, which refuses what exists. */
export const prepareCreateManifest: Preparer = (args, context) => {
  const namespace = textAt(args, 'namespace') ?? onlyNamespace(textAt(args, 'manifest') ?? '') ?? FLUX_NAMESPACE
  return preview({ ...args, namespace }, 'manifest', { namespace }, context, ({ ref, live }) =>
    live.state === 'found' ? note('create-exists', { object: describeRef(ref) }) : undefined,
  )
}

const MOST_OBJECTS = 50

interface Seen {
  ref: ObjectRef
  object: KubernetesObject
  live: Read
}

async function preview(
  args: Record<string, unknown>,
  argument: 'resource' | 'manifest',
  preset: { namespace?: string },
  { reader }: Context,
  warn: (seen: Seen) => PreviewNote | undefined,
): Promise<PreparedWrite> {
  const text = textAt(args, argument) ?? ''
  const { objects, error } = manifestObjects(text)
  const unnamed = objects.filter((object) => !refOf(object)).length
  if (error !== undefined || objects.length === 0 || unnamed > 0)
    return prepared({ args, notes: [error ?? note('manifest-nameless')] })

  if (objects.length > MOST_OBJECTS)
    return prepared({ args, notes: [note('apply-many', { objects: objects.length, most: MOST_OBJECTS })] })
  const seen = await Promise.all(
    objects.map(async (object): Promise<Seen> => {
      const named = refOf(object) ?? { type: { resourceType: '' }, name: '' }
      const ref = isClusterWide(named.type) ? named : { ...preset, ...named }
      return { ref, object, live: await reader.get(ref) }
    }),
  )
  const written = pin(text, seen)
  const changes = seen.flatMap((each) => changeOf(each, argument === 'manifest'))
  return prepared({
    args: written === undefined ? args : { ...args, [argument]: written },
    target: targetOf(seen),
    namespace: namespaceOf(seen),
    changes,
    notes: [
      ...seen.flatMap((each) => [readNote(each), warn(each)]),
      ...changes.map(rolloutNote),
      written === undefined ? note('apply-unbound') : undefined,
      args.force === true ? note('apply-force') : undefined,
      args.dryRun === true ? note('dry-run') : undefined,
    ],
  })
}

/** The manifest with the resourceVersion, and the namespace, of what was previewed: the cluster refuses it for any other. */
function pin(text: string, seen: readonly Seen[]): string | undefined {
  try {
    return withMetadata(
      text,
      seen.map(({ live }) => {
        if (live.state !== 'found') return { resourceVersion: undefined }
        const namespace = textAt(live.object, 'metadata', 'namespace')
        return { resourceVersion: textAt(live.object, 'metadata', 'resourceVersion'), ...(namespace && { namespace }) }
      }),
    )
  } catch {
    return undefined
  }
}

/** `kubectl`: it knows what it has applied before. */
function changeOf({ ref, object, live }: Seen, kubectl: boolean): Change[] {
  const title = describeRef(ref)
  if (live.state === 'unreadable') return []
  const placed = ref.namespace ? withValue(object, ['metadata', 'namespace'], ref.namespace) : object
  if (live.state === 'missing') return [{ title, after: placed }]
  return [
    {
      title,
      before: live.object,
      after: applyManifest(live.object, object, kubectl ? lastApplied(live.object) : undefined),
    },
  ]
}

/** What `kubectl apply` applied the last time. */
function lastApplied(live: KubernetesObject): KubernetesObject | undefined {
  const text = at(live, 'metadata', 'annotations', LAST_APPLIED)
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function readNote({ ref, live }: Seen): PreviewNote | undefined {
  if (live.state !== 'missing') return live.state === 'unreadable' ? live.note : undefined
  const object = describeRef(ref)
  if (ref.namespace) return note('new-in', { object, namespace: ref.namespace })
  const goesSomewhere = ref.namespace === undefined && !isClusterWide(ref.type)
  return note(goesSomewhere ? 'new-somewhere' : 'new', { object })
}

function targetOf(seen: readonly Seen[]): string {
  const names = seen.map(({ ref }) => describeRef(ref))
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ')
}

function namespaceOf(seen: readonly Seen[]): string | undefined {
  const namespaces = seen.map(({ ref, live }) =>
    live.state === 'found' ? textAt(live.object, 'metadata', 'namespace') : ref.namespace,
  )
  return [...new Set(namespaces.filter((each) => each !== undefined))].join(', ') || undefined
}

/** The one namespace that a manifest names. */
function onlyNamespace(manifest: string): string | undefined {
  const named = manifestObjects(manifest).objects.map((object) => textAt(object, 'metadata', 'namespace'))
  const namespaces = new Set(named.filter((each) => each !== undefined))
  return namespaces.size === 1 ? [...namespaces][0] : undefined
}
