/** Parses a request: its turn and the question's intent. */
export { languageOf, readIntent } from './question'
export { readTurn } from './turn'
