/** Parses and formats quantities of CPU and memory. */

const SCALES: Record<string, number> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
}
const QUANTITY = /^([+-]?\d*\.?\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/

/** The value of a quantity such as `250m`, `1.5Gi` or `2e3`; undefined for anything else. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text.trim())
  if (!match) return undefined
  const [, digits, unit, exponent] = match
  return Number(digits) * (exponent === undefined ? (SCALES[unit ?? ''] ?? 1) : 10 ** Number(exponent))
}

/** `250m` for 0.25 cores, as `kubectl top` prints it. */
export function formatCpu(cores: number): string {
  return `${Math.ceil(Number((cores * 1000).toFixed(6)))}m`
}

/** `210Mi`, as `kubectl top` prints it. */
export function formatMemory(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`
}

/** `21%`; empty without a whole. */
export function formatShare(part: number, whole: number | undefined): string {
  return whole === undefined || whole <= 0 ? '' : `${Math.round((part / whole) * 100)}%`
}
