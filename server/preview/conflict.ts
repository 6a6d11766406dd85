/** The API server's words for a stale resourceVersion, and what kubectl says first. */
const STALE = /the object has been modified; please apply your changes|Error from server \(Conflict\)/

/** Whether the text of a call that failed says that the object has changed since its preview, from either server. */
export function isConflict(resultText: string): boolean {
  return STALE.test(resultText)
}
