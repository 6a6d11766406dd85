/** A sentence of a preview that can be said in any language: which one it is, what it speaks of, and how it reads in English. */
import { z } from 'zod'
import type { noteTexts } from './preview-note-texts'

export type NoteCode = keyof typeof noteTexts

/** The sentence of each code in a language, with `{name}` for a param. */
export type NoteTexts = Record<NoteCode, string>

export const previewNoteSchema = z.object({
  /**
   * A text when it is read, whatever its type says: a language that does not know the code shows `text`. To check it here
   * would bring all the sentences into the page's first load.
   */
  code: z.custom<NoteCode>((code) => typeof code === 'string'),
  /** What the sentence speaks of: names, counts, words of the API server as they came. Redacted. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The sentence in English, with the params in it. Redacted. */
  text: z.string(),
})
export type PreviewNote = z.infer<typeof previewNoteSchema>
