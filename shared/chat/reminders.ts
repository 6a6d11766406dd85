/** Texts of the server that a model reads and the demo model recognises: reminders, and why a tool is missing. */

export const ASK_AGAIN = 'Your last message was empty. Answer the question now with a sentence, or call a tool.'
export const THINK_LESS =
  'Your reasoning used up all room for the answer. Think in two sentences at most, then call a tool or answer.'
export const ARGUMENTS_ONLY =
  'Your last message was only the arguments of a call, written as text, so nothing was called. Call the tool by its name, with these arguments, as a tool call.'
export const STUCK = 'You repeat a call whose result you have. Answer now with sentences from that result.'
export const ROUNDS_USED =
  'You have used all tool calls of this turn. Answer now with what you have, and say what is missing.'

/** Fits a call that could not be read, and a crash: a server that ends its stream does not say which. */
export const BROKE_OFF =
  'Your last message broke off before its end and was lost. Write it again. The arguments of a call must be one complete JSON object, {} for a call without arguments. Make one call at a time.'
export const NUDGE = 'Do not print commands. Call the tool yourself, now, and then answer.'
export const CALL_OR_KEEP =
  'Your last message has a command for the person to run. If they asked for what it does, call the tool for it yourself, now. Otherwise write your answer again, without commands.'
export const CHANGE_NOW =
  'You have called no tool that changes something, so nothing has changed. If the person asked for a change, call the tool for it now: the page asks them for approval. Otherwise write your answer again.'
export const LOOK_FIRST =
  'You have not looked at the cluster in this conversation. Call a tool now, and then answer from its result.'

/** Before the reasons, at the end of a line of the system prompt. */
export const WHY_MISSING = 'The reason, to be told to the person:'

/** A model receives them as messages of the user. */
const REMINDERS: ReadonlySet<string> = new Set([
  ASK_AGAIN,
  THINK_LESS,
  ARGUMENTS_ONLY,
  STUCK,
  ROUNDS_USED,
  BROKE_OFF,
  NUDGE,
  CALL_OR_KEEP,
  CHANGE_NOW,
  LOOK_FIRST,
])

/** True for a user message that the server wrote, not the person. */
export function isReminder(content: string): boolean {
  return REMINDERS.has(content)
}
