/** Rancher calls this once, when it loads the extension. */
import { importTypes } from '@rancher/auto-import'
import AssistantDock from './components/AssistantDock.vue'
import AssistantPage from './components/AssistantPage.vue'
import { referenceOf } from './context'
import { hasDock, openDock } from './dock'
import { DOCK, ICON, NAME, NO_CLUSTER, ROUTES } from './names'
import metadata from './package.json'
import { PLACES } from './plugin'
import type { Plugin } from './plugin'
import * as product from './product'
import { askAbout } from './questions'
import { connectRancher } from './rancher'
import type { Rancher } from './rancher'

export default function load(plugin: Plugin, { store }: { store: Rancher }): void {
  connectRancher(store)
  importTypes(plugin)
  plugin.metadata = { ...metadata, icon: ICON }
  plugin.addLocale('vi', 'Tiếng Việt')
  plugin.addProduct(product)
  plugin.addRoute('default', {
    name: ROUTES.product,
    path: `/${NAME}/c/:cluster`,
    component: AssistantPage,
    meta: { product: NAME, cluster: NO_CLUSTER },
  })
  plugin.addRoute('default', {
    name: ROUTES.cluster,
    path: `/c/:cluster/explorer/${NAME}`,
    component: AssistantPage,
    meta: { product: 'explorer' },
  })
  plugin.register('component', DOCK, AssistantDock)

  const explorer = () => ({ product: ['explorer'] })
  // Rows, several rows at once, and the menu of a detail page.
  plugin.addAction(PLACES.rows, explorer(), {
    labelKey: 'k8sAiAssistant.ask',
    icon: 'icon-comment',
    multiple: true,
    enabled: (resource: unknown) => referenceOf(resource) !== undefined,
    invoke: (_options, resources) => askAbout(resources),
  })
  plugin.addTab(PLACES.detailTab, explorer(), {
    name: NAME,
    labelKey: 'k8sAiAssistant.name',
    weight: -10,
    component: () => import('./components/AssistantTab.vue'),
  })
  if (!hasDock()) return
  plugin.addAction(
    PLACES.header,
    {},
    {
      labelKey: 'k8sAiAssistant.open',
      tooltipKey: 'k8sAiAssistant.open',
      svg: ICON,
      invoke: openDock,
    },
  )
}
