/**
 * Notes on how a manifest was read, kept with its JSON, which no longer shows them. They return with the arguments, so
 * only their parameters are trusted; the sentences are built here.
 */
import { uncheckedMsg } from '../../../../shared/messages/create'
import { z } from 'zod'
import type { ResultNote } from '../../../../shared/result'

export interface WrittenNote {
  code: string
  params: Record<string, string>
}

const CODES = ['manifest-read-as', 'manifest-field-read-as', 'manifest-key-read-as', 'manifest-fields-ignored'] as const
type KnownCode = (typeof CODES)[number]

function isKnown(code: string): code is KnownCode {
  return CODES.some((each) => each === code)
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
  return parsed.success ? parsed.data.filter(({ code }) => isKnown(code)) : []
}

export function sentencesOf(notes: readonly WrittenNote[]): ResultNote[] {
  return notes.flatMap(({ code, params }) => (isKnown(code) ? [uncheckedMsg(code, params)] : []))
}
