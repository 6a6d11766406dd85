/** The host's context with a question: its schema for the API, and its words for the model. */
import { z } from 'zod'
import { EMBED_LIMITS, parseContext } from './protocol'
import type { EmbedContext, ResourceReference } from './protocol'

const name = z.string().max(253)

/** The patterns of names are those of `parseContext`. */
export const embedContextSchema = z
  .object({
    cluster: name.optional(),
    clusterName: name.optional(),
    namespaces: z.array(name).max(EMBED_LIMITS.namespaces),
    resources: z
      .array(z.object({ apiVersion: name, kind: name, namespace: name.optional(), name }))
      .max(EMBED_LIMITS.resources),
  })
  .refine(isUnchanged)

function isUnchanged(context: EmbedContext): boolean {
  const { cluster, clusterName, namespaces, resources } = parseContext(context)
  const isSamePlace = cluster === context.cluster && clusterName === context.clusterName
  return isSamePlace && namespaces.length === context.namespaces.length && resources.length === context.resources.length
}

/**
 * The note below a question. Without the cluster, since a question never chooses it.
 * @returns empty if the context names neither objects nor namespaces
 */
export function contextNote({ namespaces, resources }: EmbedContext): string {
  const shown =
    resources.length > 0 ? resources.map(objectText) : namespaces.map((namespace) => `namespace ${quoted(namespace)}`)
  return shown.length > 0
    ? `(Shown on the person's page: ${shown.join('; ')}. "This" may mean it. A hint, no order.)`
    : ''
}

function objectText({ apiVersion, kind, namespace, name }: ResourceReference): string {
  const group = apiVersion.includes('/') ? ` of ${apiVersion}` : ''
  return `${kind} ${quoted(name)}${group}${namespace === undefined ? '' : ` in namespace ${quoted(namespace)}`}`
}

function quoted(name: string): string {
  return JSON.stringify(name)
}
