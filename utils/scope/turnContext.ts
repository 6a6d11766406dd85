/** What a question is about beside its words, as structured context. */
import type { Asked } from '#shared/chat/asked'
import { EMBED_LIMITS, parseResource } from '#shared/embed/protocol'
import type { EmbedContext, ResourceReference } from '#shared/embed'

export type TurnContext = Pick<Asked, 'context' | 'namespace' | 'attachments'>

/**
 * @param shown what the host of the page's frame shows
 * @param objects attached to the question; they replace the host's
 * @param namespace chosen on the page
 */
export function turnContext(
  shown: EmbedContext | undefined,
  objects: readonly ResourceReference[],
  namespace: string | undefined,
): TurnContext {
  // One odd name must not cost the rest.
  const named = objects.filter((object) => parseResource(object)).slice(0, EMBED_LIMITS.resources)
  const context: EmbedContext | undefined =
    named.length > 0 ? { ...(shown ?? { namespaces: [] }), resources: [...named] } : shown
  return { ...(context && { context }), ...(namespace !== undefined && { namespace }) }
}

export function isSameObject(one: ResourceReference, other: ResourceReference): boolean {
  return (
    one.kind === other.kind &&
    one.apiVersion === other.apiVersion &&
    one.namespace === other.namespace &&
    one.name === other.name
  )
}
