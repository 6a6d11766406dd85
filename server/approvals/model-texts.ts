/** Next steps for the model after an approval without a run. Not shown to the user. */

export const ASK_AGAIN = 'Call the tool again to ask again.'
export const READ_FIRST = 'Read the object to see what came of it, before you call the tool again.'
export const ASK_WHAT_ELSE = 'Do not call it again; ask what to do instead.'
