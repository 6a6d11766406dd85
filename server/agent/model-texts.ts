/** Texts that only the model reads: reminders between steps, and next steps after a refused call. */

export const ASK_AGAIN = 'Your last message was empty. Answer the question now with a sentence, or call a tool.'
export const THINK_LESS =
  'Your reasoning used up all room for the answer. Think in two sentences at most, then call a tool or answer.'
export const ARGUMENTS_ONLY =
  'Your last message was only the arguments of a call, written as text, so nothing was called. Call the tool by its name, with these arguments, as a tool call.'
export const STUCK = 'You repeat a call whose result you have. Answer now with sentences from that result.'
export const ROUNDS_USED =
  'You have used all tool calls of this turn. Answer now with what you have, and say what is missing.'

/** True for a call that could not be read and for a crash: a server that ends its stream does not say which. */
export const BROKE_OFF =
  'Your last message broke off before its end and was lost. Write it again. The arguments of a call must be one complete JSON object, {} for a call without arguments. Make one call at a time.'

/** @param words the model server's */
export function brokenCallHint(words: string): string {
  return `Your last message was a call that could not be read, so it was lost. The server says: ${words}. ${brokenCallAdvice(words)}`
}

function brokenCallAdvice(words: string): string {
  if (/raw=''/.test(words)) return 'The arguments were empty: make the call again, with {} if it takes no arguments.'
  if (/raw='.*\}\s*\{/s.test(words)) return 'It held two calls: make one call at a time.'
  return 'Make the call again; its arguments must be one complete JSON object.'
}

export const USE_JSON = 'Call the tool again with one flat JSON object.'
export const USE_RESULT = 'Use that result, or call with other arguments, or answer.'
export const NARROW = 'Call with narrower arguments, or answer with what you have, and say what is missing.'
export const CALL_FEWER = 'Call again with fewer.'

/** @param nearest the tool that it may mean */
export function calledInText(
  name: string,
  isOffered: boolean,
  tools: readonly { name: string }[],
  nearest: string | undefined,
): string {
  const written = 'Your last message was a call written as text, so nothing was called.'
  if (isOffered) return `${written} Call ${name} now as a tool call, and then answer.`
  const names = toolsAre(
    tools.map((tool) => tool.name),
    nearest,
  )
  return `${written} There is no tool named ${JSON.stringify(name.slice(0, 80))}. ${names}`
}

/** @param instead an equivalent tool */
export function toolsAre(names: readonly string[], instead?: string): string {
  const hint = instead === undefined ? '' : `Call ${instead} instead. `
  return `${hint}The tools are: ${names.join(', ')}.`
}
