/** Small values in Local Storage. Missing or invalid ones count as a first visit. */
import type { ZodType } from 'zod'

/** The origin is shared with other applications such as Rancher. */
export const storagePrefix = 'k8s-ai-assistant:'

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

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(storagePrefix + key, JSON.stringify(value))
  } catch {
    // Storage is full or denied: the page works without it.
  }
}
