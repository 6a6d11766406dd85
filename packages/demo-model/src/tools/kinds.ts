/** The kinds of Kubernetes as tools name them. */
import { apiVersionOf } from '#shared/kubernetes/api'
import { builtInKindNamed } from '#shared/kubernetes/built-in-kinds'

/** @param word singular or plural, as the rules have it */
export function kindArguments(word: string): { apiVersion?: string; kind: string } {
  const names = builtInKindNamed(word)
  return names ? { apiVersion: apiVersionOf(names), kind: names.kind } : { kind: word }
}
