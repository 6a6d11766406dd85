/** What a preview says in words, as a code with params: the page says it in the language of its reader. */
import type { NoteCode, PreviewNote } from '#shared/preview-note'
import { noteTexts } from '#shared/preview-note-texts'
import { redactText, sanitizeText } from '../results'

type Param = string | number
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type Params<Code extends NoteCode> = Record<NamesIn<(typeof noteTexts)[Code]>, Param>

/** The note of a code with what its English sentence names; not redacted yet. */
export function note<Code extends NoteCode>(
  code: Code,
  ...[params]: keyof Params<Code> extends never ? [] : [params: Params<Code>]
): PreviewNote {
  return params === undefined ? { code, text: noteTexts[code] } : { code, params, text: filled(code, params) }
}

/** The same without credentials and hidden characters, in its params as in its text. */
export function cleanNote({ code, params, text }: PreviewNote): PreviewNote {
  const clean = cleanWords(text)
  if (!params) return { code, text: clean }
  const own = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? cleanWords(value) : value]),
  )
  // What only the whole sentence gives away is not in its params either.
  if (filled(code, own) !== clean) return { code: 'as-written', params: { words: clean }, text: clean }
  return { code, params: own, text: clean }
}

function filled(code: NoteCode, params: Record<string, Param>): string {
  return noteTexts[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

function cleanWords(words: string): string {
  return redactText(sanitizeText(words))
}
