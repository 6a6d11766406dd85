/** Shows the effect of a write before approval, and the reads after it. */
export { prepareChange } from './prepare'
export { plannedChange } from './planned'
export { meanwhile } from './meanwhile'
export { readsAfter } from './read-back'
export type { PreparedChange, Preparation } from './types'
