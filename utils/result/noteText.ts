/** Notes in the page's language, or in the server's English without a translation. */
import type { ResultNote } from '#shared/result'

/** The part of vue-i18n that is needed here. */
interface Translator {
  t: (key: string, values: Record<string, string | number>) => string
  te: (key: string) => boolean
  tm: (key: string) => unknown
}

/** A note with missing parameters stays in English. */
export function resultNoteText({ code, params, text }: ResultNote, { t, te, tm }: Translator): string {
  const key = `resultNotes.${code}`
  if (!te(key)) return text
  const names = [...String(tm(key)).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return names.every((name) => name in params) ? t(key, params) : text
}
