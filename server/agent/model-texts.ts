/** Texts that only the model reads: reminders between steps, and next steps after a refused call. */

export const ASK_AGAIN = 'Your last message was empty. Answer the question now, in words, or call a tool.'
export const NUDGE = 'Do not print commands. Call the tool yourself, now, and then answer.'
export const ROUNDS_USED =
  'You have used all tool calls of this turn. Answer now with what you have, and say what is missing.'

export const USE_JSON = 'Call the tool again with one flat JSON object.'
export const USE_RESULT = 'Use that result, or call with other arguments, or answer.'
export const NARROW = 'Call with narrower arguments, or answer with what you have, and say what is missing.'
export const CALL_FEWER = 'Call again with fewer.'

/** @param instead an equivalent tool */
export function toolsAre(names: readonly string[], instead?: string): string {
  const hint = instead === undefined ? '' : `Call ${instead} instead. `
  return `${hint}The tools are: ${names.join(', ')}.`
}
