/** Notes of changes and results in the page's language if that has a sentence for them, else in the server's English. */
import type { ResultNote } from '#shared/result'

/** Of vue-i18n, which has the sentences of a language under `resultNotes`. */
interface Translator {
  t: (key: string, values: Record<string, string | number>) => string
  te: (key: string) => boolean
  tm: (key: string) => unknown
}

/** A sentence whose params are not all there is left in English. */
export function resultNoteText({ code, params, text }: ResultNote, { t, te, tm }: Translator): string {
  const key = `resultNotes.${code}`
  if (!te(key)) return text
  const names = [...String(tm(key)).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return names.every((name) => name in params) ? t(key, params) : text
}
