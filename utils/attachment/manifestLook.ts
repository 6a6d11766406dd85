/** Whether a text is meant as Kubernetes objects. Cheap: the objects are counted by code that is loaded for them. */
export function looksLikeManifest(text: string): boolean {
  if (isJson(text)) return /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text)
  return /^[ \t]*apiVersion[ \t]*:/m.test(text) && /^[ \t]*kind[ \t]*:/m.test(text)
}

/** As kubectl decides it. */
export function isJson(text: string): boolean {
  return /^\s*\{/.test(text)
}
