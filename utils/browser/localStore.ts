/** Small values in Local Storage. Missing or invalid ones count as a first visit. */
import { z, type ZodType } from 'zod'

/** The origin is shared with other applications such as Rancher. */
const storagePrefix = 'k8s-ai-assistant:'

/** A map of texts. */
export const textsSchema = z.record(z.string(), z.string())

/** @returns the stored value, or the fallback if none matches the schema */
export function readStored<T>(key: string, schema: ZodType<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(storagePrefix + key)
    if (text === null) return fallback
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : fallback
  } catch {
    return fallback
  }
}

/** Calls `apply` when another tab has changed the value. */
export function onStoredElsewhere(key: string, apply: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === storagePrefix + key) apply()
  })
}

/**
 * Changes one entry of a stored map, beside those that other tabs have changed.
 * @param known the map if nothing can be stored
 * @param value undefined: without the entry
 * @returns the whole map
 */
export function storeEntry(
  key: string,
  known: Record<string, string>,
  entry: string,
  value: string | undefined,
): Record<string, string> {
  const changed = ({ [entry]: _, ...others }: Record<string, string>) =>
    value === undefined ? others : { ...others, [entry]: value }
  const map = changed(readStored(key, textsSchema, known))
  return writeStored(key, map) ? map : changed(known)
}

/** @returns whether it is stored */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(storagePrefix + key, JSON.stringify(value))
    return true
  } catch {
    // Storage is full or denied: the page works without it.
    return false
  }
}
