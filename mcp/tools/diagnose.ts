/** `diagnose`: what is wrong in the cluster, a namespace or one object, found by checks. */
import { diagnoseScope } from '../diagnose/diagnose'
import { text } from './properties'
import type { ReadTool } from './tool'

export const diagnose: ReadTool = {
  name: 'diagnose',
  description: 'What is wrong and why. Call it first.',
  properties: { namespace: text, resource: text, name: text },
  run: ({ namespace, resource, name }, { cluster, signal, now, runbooks }) =>
    diagnoseScope(cluster, { namespace, resource, name }, { signal, now: now(), runbooks }),
}
