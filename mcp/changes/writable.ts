/** Checks whether an operation is allowed by the operator and by this server. */
import { msg } from '../../shared/messages/create'
import { KubeError } from '../kubernetes/errors/errors'
import { checkRules } from '../kubernetes/rules'
import type { Cluster } from '../kubernetes/types'
import type { Operation } from './types'

/** Kinds that hold credentials, or whose creation returns one. */
const NEVER = new Set(['secret', 'tokenrequest', 'tokenreview'])

/** @throws KubeError `denied-by-operator` */
export function checkOperation({ rules }: Cluster, { resource, namespace, name, path }: Operation): void {
  const { kind, group } = resource
  const isCredential = (group === '' || group === 'authentication.k8s.io') && NEVER.has(kind.toLowerCase())
  if (isCredential || /\/serviceaccounts\/[^/]+\/token$/.test(path))
    throw new KubeError('denied-by-operator', msg('kind-not-writable', { kind }))
  checkRules(rules, resource, namespace, name)
}
