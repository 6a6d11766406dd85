/** `what_changed`: who changed what since a time, and which failure followed. */
import { whatChanged as changesOf } from '../changed/what-changed'
import { startOf } from './events/since'
import { text } from './properties'
import type { ReadTool } from './tool'

/** In milliseconds. */
const DEFAULT_RANGE = 24 * 60 * 60_000

export const whatChanged: ReadTool = {
  name: 'what_changed',
  description: 'Recent changes, by whom, and the failures after them.',
  properties: { namespace: text, resource: text, name: text, since: text },
  run: ({ namespace, resource, name, since }, { cluster, signal, now }) => {
    const time = now()
    const start = since === undefined ? time - DEFAULT_RANGE : startOf(since, time)
    return changesOf(cluster, { namespace, resource, name }, { signal, now: time, since: start })
  },
}
