/** The scriptable stand-in for Ollama. */
export { answer, Answer } from './answer'
export { createGate } from './gate'
export { startReplayServer } from './server'
export type { RecordedRequest, ReplayOptions, ReplayServer, Rule } from './server'
