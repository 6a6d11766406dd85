/** Titles of changes: `Scale Deployment web in shop on staging: 3 → 5`. */
import { uncheckedMsg } from '../../../shared/messages/create'
import type { MessageParams } from '../../../shared/messages/params'
import type { WriteContext } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'

interface Titled {
  kind: string
  name: string
  namespace: string | undefined
}

/** The codes `change-…`; for an object outside of namespaces, `change-…-cluster-scoped`. */
type TitleCode =
  | 'annotate'
  | 'apply'
  | 'cordon'
  | 'create'
  | 'delete'
  | 'drain'
  | 'label'
  | 'patch'
  | 'pause'
  | 'restart'
  | 'resume'
  | 'scale'
  | 'set'
  | 'uncordon'
  | 'undo'

/** What a title says beside the object and its cluster. */
type More<C extends TitleCode> = Omit<MessageParams[`change-${C}`], 'kind' | 'name' | 'namespace' | 'cluster'>

export async function titleOf<C extends TitleCode>(
  code: C,
  { kind, name, namespace }: Titled,
  more: More<C>,
  context: WriteContext,
): Promise<ResultNote> {
  const { name: cluster } = await context.cluster.identity(context.signal)
  return namespace === undefined
    ? uncheckedMsg(`change-${code}-cluster-scoped`, { kind, name, cluster, ...more })
    : uncheckedMsg(`change-${code}`, { kind, name, namespace, cluster, ...more })
}
