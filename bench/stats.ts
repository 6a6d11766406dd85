/** Percentiles. */

/**
 * @param share of the values below it, e.g. 0.99
 * @returns NaN without values
 */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const p50 = (values: ArrayLike<number>) => percentile(values, 0.5)
export const p99 = (values: ArrayLike<number>) => percentile(values, 0.99)
