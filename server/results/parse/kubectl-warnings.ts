/** Converts kubectl's log lines before its output to notes. */
import { msg } from '#shared/messages/create'
import type { ResultNote } from '#shared/result'

const KLOG = /^[EWIF]\d{4} \d{2}:\d{2}:\d{2}\.\d+ +\d+ [\w.-]+:\d+\] (.*)$/
const API_DOWN = /(?:couldn't|unable to) (?:get|retrieve) .*?resource list for ([A-Za-z0-9./-]+)/

/** @returns the output without those lines, and a note for each distinct message */
export function withoutWarnings(text: string): { text: string; notes: ResultNote[] } {
  if (!/^[EWIF]\d{4} /m.test(text)) return { text, notes: [] }
  const notes = new Map<string, ResultNote>()
  const lines = text.split('\n').filter((line) => {
    const [, message] = KLOG.exec(line) ?? []
    if (message === undefined) return true
    const note = noteOf(message.replace(/^"?Unhandled Error"? err="/, '').trim())
    notes.set(note.text, note)
    return false
  })
  return { text: lines.join('\n'), notes: [...notes.values()] }
}

function noteOf(message: string): ResultNote {
  const [, api] = API_DOWN.exec(message) ?? []
  return api === undefined
    ? msg('kubectl-warning', { message })
    : msg('foreign-api-down', { api: api.replace(/:$/, '') })
}
