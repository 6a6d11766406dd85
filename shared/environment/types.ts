/**
 * Value types. Each reads trimmed text and has an error message that follows the variable's name and a colon. Only
 * secret types omit the value.
 */
import { z } from 'zod'
import { quoted } from '../text/quoted'

/** @param expected follows the quoted value, e.g. `is not a port` */
function reading<S extends z.ZodType>(type: S, read: (text: string) => unknown, expected: string) {
  return z.preprocess((input, context) => {
    const value = read(String(input))
    if (type.safeParse(value).success) return value
    context.issues.push({ code: 'custom', message: `${quotedValue(String(input))} ${expected}`, input })
    return z.NEVER
  }, type)
}

/** A URL may hold a password. */
function quotedValue(text: string): string {
  return quoted(text.replace(/\/\/[^/@]*@/g, '//'))
}

export const text = z.string()

/** @param read returns undefined for an invalid value */
export function checkedText(read: (value: string) => string | undefined, expected: string) {
  return reading(z.string(), read, expected)
}

/** In any case, with the common synonyms. */
export const flag = reading(
  z.boolean(),
  (value) => {
    if (['1', 'true', 'yes'].includes(value.toLowerCase())) return true
    return ['0', 'false', 'no'].includes(value.toLowerCase()) ? false : undefined
  },
  'is neither 1 nor 0',
)

/** Without synonyms, for switches that must not be set by accident. */
export const strictFlag = reading(
  z.boolean(),
  (value) => (/^(1|true)$/.test(value) ? true : /^(0|false)$/.test(value) ? false : undefined),
  'is neither 1 nor 0',
)

export function integer(min: number, max: number) {
  const expected = `is not a whole number from ${min} to ${max}`
  return reading(z.int().min(min).max(max), (value) => Number(value), expected)
}

export function decimal(min: number, max: number) {
  const expected = `is not a number from ${min} to ${max}`
  return reading(z.number().min(min).max(max), (value) => Number(value), expected)
}

/** Digits only: neither `1e3` nor `0x50`. */
export function digits(min: number, max: number) {
  const expected = `is not a whole number from ${min} to ${max}`
  return reading(z.int().min(min).max(max), (value) => (/^\d+$/.test(value) ? Number(value) : value), expected)
}

export function choice<const T extends readonly string[]>(options: T) {
  return reading(z.enum(options), (value) => value.toLowerCase(), `is none of ${options.join(', ')}`)
}

export function httpUrl(example: string) {
  const type = z.url({ protocol: /^https?$/ })
  return reading(type, (value) => value, `is not a URL such as ${example}`)
}

/** @param expected requirement for each entry, e.g. `is not a name` */
export function list(separator: RegExp, isEntry: (entry: string) => boolean = () => true, expected = '') {
  return z
    .string()
    .transform((value, context): string[] => {
      const entries = value
        .split(separator)
        .map((entry) => entry.trim())
        .filter(Boolean)
      const wrong = entries.find((entry) => !isEntry(entry))
      if (wrong === undefined) return entries
      context.issues.push({ code: 'custom', message: `${quotedValue(wrong)} ${expected}`, input: value })
      return z.NEVER
    })
    .pipe(z.array(z.string()))
}

export const COMMA = /,/
export const SPACE = /\s+/

/** @param length minimum length */
export function secretText(length: number, advice: string) {
  return z
    .string()
    .min(length, { error: `must have at least ${length} characters${advice}` })
    .regex(/^[\x21-\x7e]+$/, {
      error: 'must consist of printable ASCII characters without spaces: it is sent in a header',
    })
}
