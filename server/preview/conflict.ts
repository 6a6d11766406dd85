/** The API server's words for a stale resourceVersion, as both servers hand them on. */
const STALE = /Operation cannot be fulfilled on \S+ "[^"]*": the object has been modified/

/** Whether the result of a failed call says that the object has changed since its preview. */
export function isConflict(resultText: string): boolean {
  return STALE.test(resultText)
}
