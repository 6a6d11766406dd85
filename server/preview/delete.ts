import { contRef, fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { textAt } from './fields'
import { describeRef, isClusterWide, kindOf, namesKind, refOf } from './kinds'
import { manifestObjects } from './manifest'
import { consequences } from './consequences'
import { countOf, inNamespace, missingNote } from './words'
import type { Change, ObjectRef, PreparedWrite } from './types'

export const prepareResourcesDelete: Preparer = (args, context) => deleteOne(args, contRef(args), context)

export const preparePodsDelete: Preparer = (args, context) =>
  deleteOne(args, contRef(args, { apiVersion: 'v1', kind: 'Pod' }), context)

export const prepareKubectlDelete: Preparer = async (args, context) => {
  const manifest = textAt(args, 'manifest')
  if (manifest) return await deleteManifest(args, manifest, context)
  if (textAt(args, 'filename'))
    return prepared({ args, notes: ['The file is on the MCP server: what it names could not be previewed.'] })
  const selector = textAt(args, 'labelSelector')
  if (!textAt(args, 'name') && selector) return await deleteMatching(args, selector, context)
  return await deleteOne(args, fluxRef(args), context)
}

async function deleteOne(args: Record<string, unknown>, ref: ObjectRef, context: Context): Promise<PreparedWrite> {
  const { changes, notes, byServer, namespace } = await previewOne(ref, context)
  return prepared({
    args: withNamespace(args, namespace),
    target: describeRef(ref),
    namespace,
    confirm: deletesNamespace(ref) ? ref.name || 'namespace' : undefined,
    changes,
    byServer,
    notes: [...notes, ...hurry(args)],
  })
}

/** Also in kubectl's `ns/payments`, as a type or as a name. */
function deletesNamespace({ type, name }: ObjectRef): boolean {
  const inName = name.includes('/') && namesKind({ resourceType: name.slice(0, name.indexOf('/')) }, 'Namespace')
  return inName || namesKind(type, 'Namespace')
}

interface Previewed {
  changes: Change[]
  notes: (string | undefined)[]
  byServer: boolean
  namespace: string | undefined
}

async function previewOne(ref: ObjectRef, context: Context): Promise<Previewed> {
  const live = await context.reader.get(ref)
  if (live.state !== 'found')
    return { changes: [], notes: [missingNote(live, ref)], byServer: false, namespace: ref.namespace }
  const namespace = textAt(live.object, 'metadata', 'namespace')
  const run = await context.dryRun.delete({ ...ref, ...(namespace && { namespace }) })
  return {
    changes: [{ title: describeRef(ref), before: live.object }],
    notes: [run.state === 'refused' ? run.note : undefined, ...(await consequences(live.object, context.reader))],
    byServer: run.state === 'accepted',
    namespace,
  }
}

async function deleteManifest(
  args: Record<string, unknown>,
  manifest: string,
  context: Context,
): Promise<PreparedWrite> {
  const { objects, error } = manifestObjects(manifest)
  const refs = objects.map((object) => refOf(object)).filter((ref) => ref !== undefined)
  const named = await Promise.all(
    refs.map((ref) => previewOne(isClusterWide(ref.type) ? ref : { namespace: defaultOf(args), ...ref }, context)),
  )
  const namespaces = refs.filter((ref) => namesKind(ref.type, 'Namespace')).map(({ name }) => name)
  return prepared({
    args,
    target: refs.map(describeRef).join(', '),
    namespace: named.find(({ namespace }) => namespace)?.namespace,
    confirm: namespaces.length > 0 ? namespaces.join(', ') : undefined,
    changes: named.flatMap(({ changes }) => changes),
    byServer: named.length > 0 && named.every(({ byServer }) => byServer),
    notes: [error, ...named.flatMap(({ notes }) => notes), ...hurry(args)],
  })
}

function defaultOf(args: Record<string, unknown>): string {
  // kubectl is given no namespace with a manifest: it takes the one of the manifest, or the kubeconfig's.
  return textAt(args, 'namespace') ?? 'default'
}

async function deleteMatching(
  args: Record<string, unknown>,
  labelSelector: string,
  context: Context,
): Promise<PreparedWrite> {
  const { type, namespace: given } = fluxRef(args)
  const namespace = args.allNamespaces === true ? undefined : given
  const query = { type, labelSelector, ...(namespace !== undefined && { namespace }) }
  const listed = await context.reader.list(query)
  const run = await context.dryRun.deleteMatching(type, labelSelector, namespace)
  const kind = kindOf(type)
  const rows = listed.state === 'found' ? listed.rows : []
  const isNamespace = namesKind(type, 'Namespace')
  const changes = rows.map((row) => ({
    title: `${kind} ${row.name}`,
    before: {
      kind,
      metadata: { name: row.name, ...((row.namespace ?? namespace) && { namespace: row.namespace ?? namespace }) },
    },
  }))
  return prepared({
    args: args.allNamespaces === true ? args : withNamespace(args, namespace),
    target: `every ${kind} with ${labelSelector}`,
    namespace,
    confirm: isNamespace ? rows.map(({ name }) => name).join(', ') || labelSelector : undefined,
    changes,
    byServer: run.state === 'accepted',
    notes: [
      listed.state === 'found'
        ? `${countOf(rows, kind, `${kind}s`)}${namespace && !isNamespace ? inNamespace(namespace) : ' in all namespaces'} match now; whatever matches when it runs is deleted.`
        : `What matches ${labelSelector} could not be listed: ${listed.note}`,
      run.state === 'refused' ? run.note : undefined,
      ...hurry(args),
    ],
  })
}

function hurry(args: Record<string, unknown>): (string | undefined)[] {
  const atOnce = args.force === true || args.gracePeriodSeconds === 0
  return [atOnce ? 'Deleted at once: no program gets the time to end by itself.' : undefined]
}
