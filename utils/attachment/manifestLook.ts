/** Whether a text is meant as Kubernetes objects. Cheap: the objects are counted by code that is loaded for them. */
export function looksLikeManifest(text: string): boolean {
  return /^[ \t]*"?apiVersion"?[ \t]*:/m.test(text) && /^[ \t]*"?kind"?[ \t]*:/m.test(text)
}
