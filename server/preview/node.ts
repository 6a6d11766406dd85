import { prepared } from './context'
import type { Preparer } from './context'
import { textAt, withValue } from './fields'
import { note } from './note'
import { countOf, missingNote } from './words'

export const prepareNodeManagement: Preparer = async (args, { reader }) => {
  const ref = { type: { apiVersion: 'v1', kind: 'Node' }, name: textAt(args, 'nodeName') ?? '' }
  const target = `Node ${ref.name}`
  const live = await reader.get(ref)
  if (live.state !== 'found') return prepared({ args, target, notes: [missingNote(live, ref)] })

  const operation = textAt(args, 'operation') ?? ''
  const pods = await reader.list({
    type: { apiVersion: 'v1', kind: 'Pod' },
    fieldSelector: `spec.nodeName=${ref.name}`,
  })
  const say = (code: 'node-cordon' | 'node-uncordon' | 'node-drain') =>
    pods.state === 'found' ? note(code, { pods: countOf(pods.rows, 'pod') }) : note(`${code}-unlisted`)
  const after = withValue(live.object, ['spec', 'unschedulable'], operation === 'uncordon' ? undefined : true)
  const notes = {
    cordon: [say('node-cordon')],
    uncordon: [say('node-uncordon')],
    drain: [
      say('node-drain'),
      args.force === true ? note('drain-force') : undefined,
      args.deleteLocalData === true ? note('drain-local-data') : undefined,
      args.confirmDrain === true || args.dryRun === true ? undefined : note('drain-unconfirmed'),
      args.dryRun === true ? note('dry-run') : undefined,
    ],
  }[operation]
  if (!notes) return prepared({ args, target, notes: [note('node-unknown', { operation })] })
  return prepared({ args, target, changes: [{ title: target, before: live.object, after }], notes })
}
