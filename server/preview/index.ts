/** What a write would do, shown to a person before it runs, and the read that shows what it did. */
export { prepareChange } from './prepare'
export { plannedChange } from './planned'
export { meanwhile, nameOfObject } from './meanwhile'
export { note } from './note'
export { readsAfter } from './read-back'
export type { PreparedChange, Preparation, PreviewedCall } from './types'
