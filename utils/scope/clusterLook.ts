/** Marks by which users distinguish clusters at a glance. */

/** Hues in which no state is shown: neither red, amber nor green. In degrees of OKLCH. */
const HUES = [200, 225, 250, 285, 320, 345] as const

/** A hue for a cluster, the same on every page. */
export function clusterHue(name: string): number {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return HUES[sum % HUES.length] ?? HUES[0]
}

/**
 * @param patterns of PRODUCTION_CLUSTERS; `*` stands for any characters
 * @param names of one cluster: its name, context, id
 */
export function isProduction(patterns: readonly string[], names: readonly (string | undefined)[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    const matcher = new RegExp(`^${parts.join('.*')}$`, 'i')
    return names.some((name) => name !== undefined && matcher.test(name))
  })
}
