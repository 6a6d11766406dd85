/** What the rules read in a request: the turn that it is in, and what the question asks for. */
export { languageOf, readIntent } from './question'
export { readTurn } from './turn'
