/** The demo model: loaded only when it is chosen. */
export { startDemoModel } from './ollama/server'
export type { DemoModel, DemoModelOptions } from './ollama/server'
