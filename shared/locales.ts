/** The languages of the page, by their tags: see docs/how-to/add-a-language.md. */
export const LOCALES = ['en', 'vi'] as const
export type LocaleCode = (typeof LOCALES)[number]
