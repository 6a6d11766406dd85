/** What a write would do, shown to a person before it runs, and the read that shows what it did. */
export { isConflict } from './conflict'
export { prepareWrite } from './prepare'
export { missingVerb, missingVerbs } from './verbs'
export { verificationCall } from './verify'
export type { PreparedWrite } from './types'
export type { ReadCall } from './verify'
