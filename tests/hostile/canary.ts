/** A secret value in the forms in which it could get out. */

/** @returns the names of the forms in which one of the values stands in the text */
export function canariesIn(text: string, canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) =>
    Object.entries(formsOf(canary)).flatMap(([form, looks]) =>
      looks.some((each) => text.includes(each)) ? [`${form} of ${canary.slice(0, 4)}…`] : [],
    ),
  )
}

function formsOf(canary: string): Record<string, string[]> {
  const bytes = Buffer.from(canary)
  return {
    plain: [canary, canary.slice(3), canary.slice(0, -3)],
    base64: [0, 1, 2].flatMap((offset) => [inside(bytes, offset, 'base64'), inside(bytes, offset, 'base64url')]),
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    url: [[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')],
    reversed: [[...canary].reverse().join('')],
  }
}

/** What of the base64 does not depend on what stands before and after the value. */
function inside(bytes: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(offset, 'x'), bytes])
    .toString(encoding)
    .replace(/=+$/, '')
  const from = offset === 0 ? 0 : 4
  const whole = Math.floor((offset + bytes.length) / 3) * 4
  return text.slice(from, whole)
}
