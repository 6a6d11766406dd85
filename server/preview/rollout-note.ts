import { isDeepStrictEqual } from 'node:util'
import type { PreviewNote } from '#shared/preview-note'
import { at } from './fields'
import { note } from './note'
import { strip } from './strip'
import type { Change } from './types'

/** That a change replaces running pods, since it touches the template that they are made from. */
export function rolloutNote({ title, before, after }: Change): PreviewNote | undefined {
  if (!before || !after || !['Deployment', 'StatefulSet', 'DaemonSet'].includes(String(before.kind))) return undefined
  const [old, next] = [strip(before), strip(after)].map((object) => at(object, 'spec', 'template'))
  return isDeepStrictEqual(old, next) ? undefined : note('pods-replaced', { object: title })
}
