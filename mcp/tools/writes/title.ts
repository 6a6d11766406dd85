/** Titles of changes: `Scale Deployment web in shop on staging: 3 → 5`. */
import type { WriteContext } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'

interface Titled {
  kind: string
  name: string
  namespace: string | undefined
}

/** The text after the object, and its parameters. */
interface Words {
  /** `Scale`, `Delete`. */
  verb: string
  /** `: 3 → 5` */
  tail?: string
  params?: ResultNote['params']
}

/** The code is `change-…`, or `change-…-cluster-scoped` for a sentence without a namespace. */
export async function titleOf(
  code: string,
  { kind, name, namespace }: Titled,
  { verb, tail = '', params = {} }: Words,
  context: WriteContext,
): Promise<ResultNote> {
  const { name: cluster } = await context.cluster.identity(context.signal)
  const where = namespace === undefined ? '' : ` in ${namespace}`
  return {
    code: `change-${code}${namespace === undefined ? '-cluster-scoped' : ''}`,
    params: { kind, name, ...(namespace !== undefined && { namespace }), cluster, ...params },
    text: `${verb} ${kind} ${name}${where} on ${cluster}${tail}`,
  }
}
