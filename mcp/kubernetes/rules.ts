/** Checks the operator's exclusions. */
import { msg } from '../../shared/messages/create'
import { KubeError } from './errors/errors'
import type { ApiResource, ReadRules } from './types'

/** @throws KubeError `denied-by-operator` */
export function checkRules(
  rules: ReadRules,
  resource: ApiResource,
  namespace: string | undefined,
  name?: string,
): void {
  const { kind, group, singular, plural, shortNames } = resource
  const spelled = [
    ...shortNames,
    singular,
    plural,
    kind.toLowerCase(),
    `${plural}.${group}`,
    `${kind.toLowerCase()}.${group}`,
  ]
  if (spelled.some((word) => rules.deniedKinds.has(word)))
    throw new KubeError('denied-by-operator', msg('policy-kind-excluded', { kind }))
  const named = plural === 'namespaces' && group === '' ? name : namespace
  if (named !== undefined && isDeniedNamespace(rules, named))
    throw new KubeError('denied-by-operator', msg('policy-namespace-excluded', { namespace: named }))
}

export function isDeniedNamespace({ deniedNamespaces }: ReadRules, namespace: string | undefined): boolean {
  return namespace !== undefined && deniedNamespaces.has(namespace)
}
