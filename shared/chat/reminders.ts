/** What the server tells a model and the demo model has to find: reminders after an answer, and why a tool is missing. */

export const NUDGE = 'Do not print commands. Call the tool yourself, now, and then answer.'
export const CALL_OR_KEEP =
  'Your last message has a command for the person to run. If they asked for what it does, call the tool for it yourself, now. Otherwise write your answer again, without commands.'
export const CHANGE_NOW =
  'You have called no tool that changes something, so nothing has changed. If the person asked for a change, call the tool for it now: the page asks them for approval. Otherwise write your answer again.'
export const LOOK_FIRST =
  'You have not looked at the cluster in this conversation. Call a tool now, and then answer from its result.'

/** Before the reasons, at the end of a line of the system prompt. */
export const WHY_MISSING = 'The reason, to be told to the person:'

/** They come as the user's. */
const REMINDERS: ReadonlySet<string> = new Set([NUDGE, CALL_OR_KEEP, CHANGE_NOW, LOOK_FIRST])

/** True for a user message that the server wrote, not the person. */
export function isReminder(content: string): boolean {
  return REMINDERS.has(content)
}
