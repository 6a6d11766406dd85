/** Small things kept in Local Storage. A browser that keeps nothing, or something broken, is as good as a first visit. */
import type { ZodType } from 'zod'

/** Shared with everything else on this origin, Rancher too: hence the prefix. */
export const storagePrefix = 'k8s-ai-assistant:'

/** @returns what is kept under the key, or the fallback where there is nothing that fits the schema. */
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
    // Full, or not allowed: the page works on, and forgets.
  }
}
