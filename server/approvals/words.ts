/** Why a call does not run, for model and person. */
import { cleanText } from '../results'

export const ASK_AGAIN = 'Call the tool again to ask again.'
export const TOO_LATE = `Not run: the approval came too late. ${ASK_AGAIN}`
export const READ_ONLY = 'This user may only read.'
export const USED =
  'Not run again: this approval was used already. Read the object to see what came of it, before you call the tool again.'
export const NO_CLAIM =
  'Not run: it cannot be made sure that this approval is used only once, since Redis does not answer. Nothing was changed.'
export const NO_CLOCK = 'Not asked: Redis does not answer, so that no approval can be given now. Nothing was changed.'
export const NO_AUDIT =
  'Not run: it could not be recorded in the audit. Nothing was changed. Its file must be writable.'
export const UNVERIFIED =
  'Not asked: this MCP server does not tell which cluster it changes, nor as whom. The operator can allow changes all the same with MCP_ALLOW_UNVERIFIED_WRITES=1.'

export function notValid(why: string | undefined): string {
  return `Not run: the approval is not valid, since ${why?.replace(/\.$/, '')}. ${ASK_AGAIN}`
}

export function declined(reason: string | undefined): string {
  const why = reason?.trim() ? ` They said: ${cleanText(reason.trim())}` : ''
  return `Not run: the person declined this call. Do not call it again; ask what to do instead.${why}`
}
