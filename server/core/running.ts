/** The process's assistant, for the handlers. */
import type { Assistant } from './assistant'

let running: Promise<Assistant> | undefined

/** Called once by the plugin that starts it. */
export function provideAssistant(starting: Promise<Assistant>): void {
  running = starting
}

/** Resolves once it has started, which takes milliseconds: connections open later. */
export function useAssistant(): Promise<Assistant> {
  if (!running) throw new Error('the assistant has not been started')
  return running
}
