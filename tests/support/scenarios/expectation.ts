/** Turns the words of a scenario's `expect` into what a test can check. */
import { finalText } from './scenario'
import type { Scenario } from './scenario'

export type Expectation =
  /** The last completion's text is the answer. `calls`: of the tools, successful ones. */
  | { kind: 'answered'; text: string; calls: 'one' | 'some' | 'any'; notices: 'none' | 'any' }
  /** Text that does not come from the last completion is the answer. */
  | { kind: 'shown'; text: string; notices: 'some' | 'any' }
  | { kind: 'cut'; text: string }
  /** Part of a text with a notice, or the last completion's. */
  | { kind: 'kept-or-again'; text: string; again: string }
  /** Ends with an error that says this. */
  | { kind: 'failed'; says: RegExp }
  | { kind: 'stalled'; text: string }
  /** A result stands on the page, and a reason why there is no more. */
  | { kind: 'result-and-reason' }
  | { kind: 'approval' }

export function expectationOf({ expect, steps }: Scenario): Expectation {
  const texts = steps.map((step) => finalText(step.text))
  const first = texts.find((text) => text !== '') ?? ''
  const last = texts.at(-1) ?? ''
  if (/^stops after the limit|says that the model could not/i.test(expect))
    return { kind: 'failed', says: /valid tool call/ }
  if (/stalled model after/i.test(expect)) return { kind: 'stalled', text: first.slice(0, 12) }
  if (/for approval/i.test(expect)) return { kind: 'approval' }
  if (/ends with the table/i.test(expect)) return { kind: 'result-and-reason' }
  if (/cut at the limit/i.test(expect)) return { kind: 'cut', text: first }
  if (/^keeps the text once/i.test(expect)) return { kind: 'kept-or-again', text: first.slice(0, 12), again: last }
  if (/unchanged/i.test(expect)) return { kind: 'shown', text: first, notices: 'any' }
  if (/^asks once, then shows/i.test(expect)) return { kind: 'shown', text: first, notices: 'some' }
  const looks = steps.some(({ text }) => text.includes('to=functions.'))
  const calls = /runs? (the tool|it) once/i.test(expect) ? 'one' : looks ? 'some' : 'any'
  return { kind: 'answered', text: last, calls, notices: /no notice/i.test(expect) ? 'none' : 'any' }
}
