/**
 * Notes on how a manifest was read, kept with its JSON, which no longer shows them. They return with the arguments, so
 * only their parameters are trusted; the sentences are built here.
 */
import { z } from 'zod'
import type { ResultNote } from '../../../../shared/result'

export interface WrittenNote {
  code: string
  params: Record<string, string>
}

const SENTENCES: Record<string, (params: Record<string, string>) => string> = {
  'manifest-read-as': ({ field = '', written = '', read = '', lines = '' }) =>
    `${field === '' ? '' : `${field}: `}${written} is read as ${read} (line ${lines}).`,
  'manifest-key-read-as': ({ written = '', read = '', lines = '' }) =>
    `The field name ${written} is read as ${read} (line ${lines}).`,
  'manifest-fields-ignored': ({ fields = '' }) => `Only the cluster sets these fields, they are left out: ${fields}`,
}

const MOST = 50
const schema = z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string().max(500)) })).max(MOST)

export function writtenNotes(notes: readonly ResultNote[]): WrittenNote[] {
  return notes.slice(0, MOST).map(({ code, params }) => ({
    code,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
  }))
}

/** Only notes of a known form; models write none. */
export function readNotes(value: unknown): WrittenNote[] {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data.filter(({ code }) => Object.hasOwn(SENTENCES, code)) : []
}

export function sentencesOf(notes: readonly WrittenNote[]): ResultNote[] {
  return notes.flatMap(({ code, params }) => {
    const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined
    return sentence ? [{ code, params, text: sentence(params) }] : []
  })
}
