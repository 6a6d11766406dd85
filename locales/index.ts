/** The languages of the page. A new one is a file beside `en.ts`, of type `Messages`, and a line here. */
import { en, type Messages } from './en'

export type { Messages }

export const locales = { en } satisfies Record<string, Messages>
export type LocaleCode = keyof typeof locales
export const defaultLocale: LocaleCode = 'en'

type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`
}[keyof T & string]

/** The key of a text, e.g. `prompt.send`. */
export type MessageKey = PathsOf<Messages>
