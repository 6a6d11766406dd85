/** What of a conversation the model reads: counted in tokens, within its window. */
export { RequestFitter } from './fit-request'
export { resultTokens } from './limits'
export { TokenMeter, trustedPromptTokens } from './meter'
