/** The panel at the right edge, which stays open from page to page. Rancher has it since 2.13. */
import { DOCK, NAME } from './names'
import { rancher, text, valueAt } from './rancher'

const POSITION = 'right'

/** Rancher's own default of an eighth of the window is too narrow for a chat. */
const WIDTH_PX = 460

export function hasDock(): boolean {
  return 'wm/panelWidth' in rancher().getters
}

/** Opens the dock, or brings it to the front. */
export function openDock(): void {
  const { getters, commit, dispatch } = rancher()
  if (!Number(valueAt(getters['wm/panelWidth'], POSITION)))
    commit('wm/setPanelWidth', { position: POSITION, width: WIDTH_PX })
  dispatch('wm/open', {
    id: NAME,
    extensionId: NAME,
    label: text('name'),
    component: DOCK,
    position: POSITION,
    layouts: ['default', 'home', 'plain'],
    showHeader: true,
  })
}
