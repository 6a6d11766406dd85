/** What MCP servers return, made safe and readable: redact, parse, present. */
export { presentResult, presentResultNow } from './present'
export { cleanText, cleanValue } from './clean-text'
export { redactText } from './redact/redact-text'
export { redactValue } from './redact/redact-value'
export { sanitizeText } from './sanitize'
export { shrinkText } from './shrink'
export type { PresentedResult, PresentRequest, RawToolResult } from './types'
