/** Removes objects; a namespace with its contents. */
import type { KubeObject } from '../../types'
import type { Resource } from '../resource'
import { resources } from '../resources'
import type { WriteContext } from '../writer'

export function erase(context: WriteContext, resource: Resource, object: KubeObject): void {
  if (resource.group === '' && resource.plural === 'namespaces') empty(context, object.metadata.name)
  resource.remove?.(context, object)
  context.state.nextVersion(context.scene)
}

function empty(context: WriteContext, namespace: string): void {
  for (const resource of resources) {
    if (!resource.namespaced || !resource.remove) continue
    for (const { object } of resource.entries(context.snapshot)) {
      if (object.metadata.namespace === namespace) resource.remove(context, object)
    }
  }
}
