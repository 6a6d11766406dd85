import { contRef, fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { deleteManifest, deleteMatching } from './delete-many'
import { hurryNote, previewOne, UNSEEN } from './deletion'
import { textAt } from './fields'
import { describeRef, namesKind } from './kinds'
import { note } from './note'
import type { ObjectRef, PreparedWrite } from './types'

export const prepareResourcesDelete: Preparer = (args, context) => deleteOne(args, contRef(args), context)

export const preparePodsDelete: Preparer = (args, context) =>
  deleteOne(args, contRef(args, { apiVersion: 'v1', kind: 'Pod' }), context)

export const prepareKubectlDelete: Preparer = async (args, context) => {
  const manifest = textAt(args, 'manifest')
  if (manifest) return await deleteManifest(args, manifest, context)
  if (textAt(args, 'filename')) return prepared({ args, confirm: UNSEEN, notes: [note('delete-file')] })
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
    confirm: deletesNamespace(ref) ? ref.name || UNSEEN : undefined,
    changes,
    byServer,
    notes: [...notes, hurryNote(args)],
  })
}

/** Also in kubectl's `ns/payments`, as a type or as a name. */
function deletesNamespace({ type, name }: ObjectRef): boolean {
  const inName = name.includes('/') && namesKind({ resourceType: name.slice(0, name.indexOf('/')) }, 'Namespace')
  return inName || namesKind(type, 'Namespace')
}
