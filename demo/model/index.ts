/** The demo model: loaded only when it is chosen. */
export { startDemoModel } from './server'
export type { DemoModel, DemoModelOptions } from './server'
