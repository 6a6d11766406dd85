/** The product in Rancher's main menu, and the entry in each cluster's navigation. */
import { ICON, NAME, NO_CLUSTER, ROUTES } from './names'
import type { Plugin } from './plugin'

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
  const { virtualType, basicType } = plugin.DSL(store, 'explorer')
  virtualType({
    name: NAME,
    labelKey: 'k8sAiAssistant.name',
    group: 'Root',
    namespaced: false,
    weight: 99,
    route: { name: ROUTES.cluster },
    exact: true,
    overview: true,
  })
  basicType([NAME])
}
