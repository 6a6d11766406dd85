/** Deletions of several objects by one call of mcp-server-kubernetes: those of a manifest, those that match a selector. */
import type { PreviewNote } from '#shared/preview-note'
import { FLUX_NAMESPACE, fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Context } from './context'
import { hurryNote, previewOne, UNSEEN } from './deletion'
import { textAt } from './fields'
import { describeRef, isClusterWide, kindOf, namesKind, refOf } from './kinds'
import { manifestObjects, withMetadata } from './manifest'
import { note } from './note'
import type { Listed } from './reader'
import { countOf } from './words'
import type { PreparedWrite } from './types'

const MOST_OBJECTS = 50

/**
 * kubectl gets no namespace with a manifest: an object that names none is looked for in the call's and, where it is
 * found, written down with it, so that what runs is what was shown.
 */
export async function deleteManifest(
  args: Record<string, unknown>,
  manifest: string,
  context: Context,
): Promise<PreparedWrite> {
  const { objects, error } = manifestObjects(manifest)
  const refs = objects.map((object) => refOf(object)).filter((ref) => ref !== undefined)
  if (error !== undefined || refs.length < objects.length || refs.length === 0 || refs.length > MOST_OBJECTS) {
    const why = refs.length > MOST_OBJECTS ? note('delete-many', { most: MOST_OBJECTS }) : note('delete-nameless')
    return prepared({ args, confirm: UNSEEN, notes: [error ?? why, note('delete-unseen')] })
  }
  const preset = { namespace: textAt(args, 'namespace') ?? FLUX_NAMESPACE }
  const deletions = await Promise.all(
    refs.map((ref) => previewOne(isClusterWide(ref.type) ? ref : { ...preset, ...ref }, context)),
  )
  const written = withMetadata(
    manifest,
    deletions.map(({ namespace, changes }) => (namespace && changes.length > 0 ? { namespace } : {})),
  )
  const namespaces = refs.filter((ref) => namesKind(ref.type, 'Namespace')).map(({ name }) => name)
  return prepared({
    args: { ...args, manifest: written ?? manifest },
    target: refs.map(describeRef).join(', '),
    namespace: [...new Set(deletions.flatMap(({ namespace }) => namespace ?? []))].join(', '),
    confirm: namespaces.length > 0 ? namespaces.join(', ') : undefined,
    changes: deletions.flatMap(({ changes }) => changes),
    byServer: deletions.every(({ byServer }) => byServer),
    notes: [
      ...deletions.flatMap(({ notes }) => notes),
      written === undefined ? note('delete-somewhere') : undefined,
      hurryNote(args),
    ],
  })
}

export async function deleteMatching(
  args: Record<string, unknown>,
  labelSelector: string,
  context: Context,
): Promise<PreparedWrite> {
  const { type, namespace: given } = fluxRef(args)
  const namespace = args.allNamespaces === true ? undefined : given
  const listed = await context.reader.list({ type, labelSelector, ...(namespace !== undefined && { namespace }) })
  const run = await context.dryRun.deleteMatching(type, labelSelector, namespace)
  const kind = kindOf(type)
  const rows = listed.state === 'found' ? listed.rows : []
  const changes = rows.map(({ name, namespace: own = namespace }) => ({
    title: `${kind} ${name}`,
    before: { kind, metadata: { name, ...(own && { namespace: own }) } },
  }))
  return prepared({
    args: withNamespace(args, namespace),
    target: `every ${kind} with ${labelSelector}`,
    namespace,
    confirm: namesKind(type, 'Namespace') ? rows.map(({ name }) => name).join(', ') || labelSelector : undefined,
    changes,
    byServer: run.state === 'accepted',
    notes: [
      listed.state === 'found'
        ? matching(countOf(rows, kind), namespace, isClusterWide(type))
        : unlisted(labelSelector, listed),
      run.state === 'refused' ? run.note : undefined,
      hurryNote(args),
    ],
  })
}

function matching(objects: string, namespace: string | undefined, clusterWide: boolean): PreviewNote {
  if (namespace) return note('matching-in', { objects, namespace })
  return note(namespace === undefined && !clusterWide ? 'matching-everywhere' : 'matching', { objects })
}

function unlisted(selector: string, { why, words }: Exclude<Listed, { state: 'found' }>): PreviewNote {
  switch (why) {
    case 'no-tool':
    case 'no-table':
      return note(`unlisted-${why}`, { selector })
    case 'refused':
      return note('unlisted-refused', { selector, words })
    default:
      return note(`unlisted-${why}`, { selector, word: words })
  }
}
