/** What the current page of Rancher shows, as a hint for the assistant. */
import { EMBED_LIMITS, parseContext, parseResource } from '../../../../../shared/embed'
import type { EmbedContext, ResourceReference, Theme } from '../../../../../shared/embed'
import { callGetter, currentCluster, currentRoute, rancher, valueAt } from './rancher'

/** @param resources instead of the page's own */
export function pageContext(resources: ResourceReference[] = resourcesOfPage()): EmbedContext {
  const context = {
    cluster: currentCluster(),
    namespaces: chosenNamespaces(),
    resources: resources.slice(0, EMBED_LIMITS.resources),
  }
  const clusterName = valueAt(rancher().getters.currentCluster, 'nameDisplay')
  // A name for people may contain anything.
  return parseContext({ ...context, clusterName }) ?? parseContext(context) ?? { namespaces: [], resources: [] }
}

/** @param resource a row or an object of Rancher; undefined if it is not one of Kubernetes */
export function referenceOf(resource: unknown): ResourceReference | undefined {
  return parseResource({
    apiVersion: valueAt(resource, 'apiVersion'),
    kind: valueAt(resource, 'kind'),
    namespace: valueAt(resource, 'metadata', 'namespace'),
    name: valueAt(resource, 'metadata', 'name'),
  })
}

/** An event means little without the object it is about. */
export function withInvolvedObject(resource: unknown): ResourceReference[] {
  const about = parseResource(valueAt(resource, 'involvedObject'))
  const own = referenceOf(resource)
  return [about, own].filter((each) => each !== undefined)
}

export function currentTheme(): Theme {
  return rancher().getters['prefs/theme'] === 'dark' ? 'dark' : 'light'
}

/** A BCP 47 tag. */
export function currentLocale(): string {
  const locale = callGetter('i18n/current')
  return typeof locale === 'string' && locale !== 'none' ? locale : 'en-us'
}

/** The namespaces of the header's filter; empty for all. */
function chosenNamespaces(): string[] {
  if (rancher().getters.isAllNamespaces === true) return []
  const namespaces = Object.keys(Object(callGetter('namespaces')))
  // A category such as "only user namespaces" can be large: the user did not choose these.
  return namespaces.length <= EMBED_LIMITS.namespaces ? namespaces : []
}

/** The object of a detail page. */
function resourcesOfPage(): ResourceReference[] {
  const { resource: type, namespace, id } = currentRoute().params
  if (!type || !id) return []
  const { group, version, kind } = Object(valueAt(callGetter('cluster/schemaFor', type), 'attributes'))
  const found = parseResource({ apiVersion: group ? `${group}/${version}` : version, kind, namespace, name: id })
  return found ? [found] : []
}
