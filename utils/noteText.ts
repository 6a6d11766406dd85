/** Notes of previews and results in the page's language if that has a sentence for them, else in the server's English. */
import type { PreviewNote } from '#shared/preview-note'
import type { ResultNote } from '#shared/result'

/** Of vue-i18n, which has the sentences of a language under `notes` and `resultNotes`. */
interface Translator {
  t: (key: string, values: Record<string, string | number>) => string
  te: (key: string) => boolean
}

/** @param note a plain text in messages that the browser has kept from when notes had no codes */
export function noteText(note: PreviewNote | string, { t, te }: Translator): string {
  if (typeof note === 'string') return note
  const key = `notes.${note.code}`
  return te(key) ? t(key, note.params ?? {}) : note.text
}

/** The same for a note of a result: a sentence whose params are not all there is left in English. */
export function resultNoteText(
  { code, params, text }: ResultNote,
  { t, te, tm }: Translator & { tm: (key: string) => unknown },
): string {
  const key = `resultNotes.${code}`
  if (!te(key)) return text
  const names = [...String(tm(key)).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return names.every((name) => name in params) ? t(key, params) : text
}
