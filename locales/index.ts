/**
 * The languages of the page. A new one is a file beside `en.ts`, of type `Messages`, another for the notes of results and of
 * changes, and three lines here.
 */
import { en, type Messages } from './en'

export type { Messages }

export const localeCodes = ['en', 'vi'] as const
export type LocaleCode = (typeof localeCodes)[number]
export const defaultLocale: LocaleCode = 'en'

const loaders: Record<LocaleCode, () => Promise<Messages>> = {
  en: async () => ({ ...en, ...(await import('./en-answers')).enAnswers }),
  vi: async () => (await import('./vi')).vi,
}

/** What the page begins with: the default language, without the texts that MessageList.vue adds. */
export const firstTexts = en

/** All texts of a language, fetched when they are first wanted. */
export function loadLocale(code: LocaleCode): Promise<Messages> {
  return loaders[code]()
}

const resultNoteLoaders: Record<Exclude<LocaleCode, 'en'>, () => Promise<Record<string, string>>> = {
  vi: async () => {
    const [{ viResultNotes }, { viChangeNotes }] = await Promise.all([
      import('./vi-result-notes'),
      import('./vi-change-notes'),
    ])
    return { ...viResultNotes, ...viChangeNotes }
  },
}

/** The notes of results and changes in a language, as far as it has them; undefined for English. */
export async function loadResultNotes(code: LocaleCode): Promise<Record<string, string> | undefined> {
  return code === 'en' ? undefined : await resultNoteLoaders[code]()
}

/** @param languages BCP 47 tags, the most wanted first, as in `navigator.languages` */
export function localeFor(languages: readonly string[]): LocaleCode {
  for (const tag of languages) {
    const language = tag.split('-', 1)[0]?.toLowerCase()
    const code = localeCodes.find((each) => each === language)
    if (code) return code
  }
  return defaultLocale
}

type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`
}[keyof T & string]

/** The key of a text, e.g. `prompt.send`. */
export type MessageKey = PathsOf<Messages>
