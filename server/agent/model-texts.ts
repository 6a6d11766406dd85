/** Texts that only the model reads: next steps after a call that was refused or could not be read. */

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
