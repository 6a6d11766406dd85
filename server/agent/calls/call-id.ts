import { randomInt } from 'node:crypto'

/** Without letters and digits that are mistaken for others: the model writes the id of a long result. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 8

/** A unique id, short since the model reads it twice with each result: model servers repeat theirs. */
export function newCallId(): string {
  return `r${Array.from({ length: LENGTH - 1 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}
