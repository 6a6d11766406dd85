/** Says a preview's note in the page's language where that has a sentence for it, else in the server's English. */
import type { PreviewNote } from '#shared/preview-note'

/** Of vue-i18n, which has the sentences of a language under `notes`. */
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
