import { prepared } from './context'
import type { Preparer } from './context'
import { textAt, withValue } from './fields'
import { countOf, missingNote } from './words'

export const prepareNodeManagement: Preparer = async (args, { reader }) => {
  const ref = { type: { apiVersion: 'v1', kind: 'Node' }, name: textAt(args, 'nodeName') ?? '' }
  const target = `Node ${ref.name}`
  const live = await reader.get(ref)
  if (live.state !== 'found') return prepared({ args, target, notes: [missingNote(live, ref)] })

  const operation = textAt(args, 'operation')
  const pods = await reader.list({
    type: { apiVersion: 'v1', kind: 'Pod' },
    fieldSelector: `spec.nodeName=${ref.name}`,
  })
  const running = pods.state === 'found' ? countOf(pods.rows, 'pod') : 'pods that could not be listed'
  const after = withValue(live.object, ['spec', 'unschedulable'], operation === 'uncordon' ? undefined : true)
  const notes = {
    cordon: [`No new pods are started on it. ${running} on it go on.`],
    uncordon: [`New pods may be started on it again. On it now: ${running}.`],
    drain: [
      `No new pods are started on it, and these are evicted: ${running}; those of DaemonSets stay.`,
      args.force === true ? 'With "force" pods that nothing starts again are lost.' : undefined,
      args.deleteLocalData === true ? 'The data in emptyDir volumes is lost.' : undefined,
      args.confirmDrain === true || args.dryRun === true
        ? undefined
        : 'Without "confirmDrain" the server does not drain.',
      args.dryRun === true ? 'With "dryRun" nothing will be changed.' : undefined,
    ],
  }[operation ?? '']
  if (!notes) return prepared({ args, target, notes: [`"${operation ?? ''}" is no operation on a node.`] })
  return prepared({ args, target, changes: [{ title: target, before: live.object, after }], notes })
}
