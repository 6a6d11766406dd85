/** Conditions of nodes that changed. */
import { listAt, textAt, timeAt } from '../../../shared/kubernetes/fields'
import { msg } from '../../../shared/messages/create'
import { refOf } from '../../diagnose/ref'
import type { Change, Source } from '../types'

/** After a node has joined, all its conditions change. In milliseconds. */
const JOINING = 120_000

export const nodes: Source = {
  id: 'nodes',
  find: ({ world, since }) =>
    world.list('Node').flatMap((node) => {
      const joined = (timeAt(node, 'metadata', 'creationTimestamp') ?? 0) + JOINING
      return listAt(node, 'status', 'conditions').flatMap((condition): Change[] => {
        const at = timeAt(condition, 'lastTransitionTime')
        const status = textAt(condition, 'status') ?? ''
        if (at === undefined || at < since || (at < joined && !isBad(textAt(condition, 'type') ?? '', status)))
          return []
        const reason = textAt(condition, 'reason') ?? ''
        const what = msg('changed-node', { type: textAt(condition, 'type') ?? '', status, reason })
        // The node controller sets Unknown; all else comes from the node itself.
        const manager = status === 'Unknown' ? 'node controller' : 'kubelet'
        return [{ at, source: 'node', object: refOf(node), what, manager, fields: [] }]
      })
    }),
}

function isBad(type: string, status: string): boolean {
  return type === 'Ready' ? status !== 'True' : status === 'True'
}
