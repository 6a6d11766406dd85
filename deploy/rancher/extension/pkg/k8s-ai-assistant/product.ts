/** The product in Rancher's main menu, and the entry in each cluster's navigation. */
import { ICON, NAME, NO_CLUSTER, ROUTES } from './names'
import type { Plugin } from './plugin'

const EXPLORER = 'explorer'

/** Rancher calls it with its store when it loads products. */
export function init(plugin: Plugin, store: unknown): void {
  plugin.DSL(store, NAME).product({
    svg: ICON,
    inStore: 'management',
    labelKey: 'k8sAiAssistant.name',
    removable: false,
    showClusterSwitcher: false,
    to: { name: ROUTES.product, params: { product: NAME, cluster: NO_CLUSTER } },
  })
  const { virtualType, basicType, weightType } = plugin.DSL(store, EXPLORER)
  virtualType({
    name: NAME,
    labelKey: 'k8sAiAssistant.name',
    group: 'Root',
    namespaced: false,
    route: { name: ROUTES.cluster },
    exact: true,
    overview: true,
  })
  basicType([NAME])
  // At the top in every language: Rancher sorts entries of one weight by their names.
  weightType(NAME, 101, true)
  // Rancher removes the products of an extension at logout. Cluster Explorer is its own.
  plugin.productNames = plugin.productNames.filter((name) => name !== EXPLORER)
}
