/** The origins that may frame the page. The browser enforces the same list; this check does not depend on it. */
import { embedSettingsSchema } from '#shared/embed/settings'

const RETRY_MS = 2000

/** Waits for a server that is not reachable yet. */
export async function allowedOrigins(): Promise<string[]> {
  for (;;) {
    try {
      const response = await fetch('api/embed', { cache: 'no-store' })
      const { frameAncestors } = embedSettingsSchema.parse(await response.json())
      return frameAncestors.map((source) => (source === "'self'" ? window.location.origin : source))
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** The parent's origin if the browser tells it, otherwise all that are allowed. */
export function possibleOrigins(allowed: readonly string[]): readonly string[] {
  const parent = 'ancestorOrigins' in window.location ? window.location.ancestorOrigins[0] : originOf(document.referrer)
  if (parent === undefined) return allowed
  return allowed.filter((origin) => origin === parent)
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}
