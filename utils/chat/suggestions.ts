/** Questions about unhealthy objects, by code. */
import type { Finding, FindingsResult } from '#shared/findings'
import type { Text } from '../../composables/ui/useText'

/** Objects asked about. */
const MOST = 2

export function whyQuestions(result: FindingsResult | undefined, t: Text): string[] {
  return (result?.findings ?? []).slice(0, MOST).map((finding) => whyQuestion(finding, t))
}

/** E.g. `What is wrong with Deployment cart in namespace shop?` */
export function whyQuestion({ object: { kind, name, namespace } }: Pick<Finding, 'object'>, t: Text): string {
  return namespace === undefined ? t('empty.why', { kind, name }) : t('empty.whyIn', { kind, name, namespace })
}
