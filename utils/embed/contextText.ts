/** The host's context as a short text. */
import type { EmbedContext, ResourceReference } from '#shared/embed'
import type { Text } from '../../composables/ui/useText'

/** E.g. `Pod shop/web-1`, `3 objects`, `Namespace shop`, `Cluster local`; empty if the host shows nothing. */
export function contextText({ cluster, clusterName, namespaces, resources }: EmbedContext, t: Text): string {
  const [resource, ...others] = resources
  if (resource) return others.length === 0 ? nameOf(resource) : t('embed.objects', {}, resources.length)
  if (namespaces.length > 0) return t('embed.namespaces', { names: namespaces.join(', ') }, namespaces.length)
  const name = clusterName ?? cluster
  return name === undefined ? '' : t('embed.cluster', { name })
}

/** All names, a line each, for a tooltip. */
export function contextNames({ cluster, clusterName, namespaces, resources }: EmbedContext): string {
  const places = [clusterName ?? cluster ?? '', ...(resources.length > 0 ? [] : namespaces)]
  return [...resources.map(nameOf), ...places].filter(Boolean).join('\n')
}

function nameOf({ kind, namespace, name }: ResourceReference): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`
}
