/** Parses a request: its turns and the question's intent. */
export { languageOf } from './language'
export { readIntent } from './question'
export { readTurn } from './turn'
