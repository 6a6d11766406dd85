/** A client of `POST /api/chat`. */
import { z } from 'zod'
import { chatAnswerSchema, type ChatAnswer } from '../../shared/chat/answer'
import type { ResultPart, TableResult } from '../../shared/result'

/** Asks one question and reads the JSON answer. */
export async function askJson(url: string, question: string): Promise<ChatAnswer> {
  const body = JSON.stringify([{ role: 'user', content: question }])
  const response = await fetch(`${url}/api/chat`, { method: 'POST', body })
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return chatAnswerSchema.parse(await response.json())
}

const chunkSchema = z.looseObject({ type: z.string() })
export type Chunk = z.infer<typeof chunkSchema>

/** The chunks of an SSE answer, in order, as they arrive; ends with `[DONE]`. */
export async function* readSse(response: Response): AsyncGenerator<Chunk> {
  if (!response.body) throw new Error('the answer has no body')
  let text = ''
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text.slice(0, end).replace(/^data: /, '')
      text = text.slice(end + 2)
      if (data === '[DONE]') return
      if (!data.startsWith(':')) yield chunkSchema.parse(JSON.parse(data))
    }
  }
  throw new Error('the stream ended without [DONE]')
}

export function askSse(url: string, question: string, signal?: AbortSignal): Promise<Response> {
  const message = { id: 'm1', role: 'user', parts: [{ type: 'text', text: question }] }
  const body = JSON.stringify({ id: 'c1', messages: [message] })
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/api/chat`, { method: 'POST', headers, body, ...(signal && { signal }) })
}

/** The result of an answer's only tool call. */
export function onlyResult(answer: ChatAnswer): ResultPart {
  const [call, ...more] = answer.toolCalls
  if (!call || more.length > 0) throw new Error(`one call was expected: ${JSON.stringify(answer).slice(0, 2000)}`)
  return call.result
}

export function tableOf(result: ResultPart | undefined): TableResult {
  if (result?.kind !== 'table') throw new Error(`a table was expected: ${JSON.stringify(result)?.slice(0, 1000)}`)
  return result
}

/** The rows of a table, reduced to some columns, in a stable order. */
export function columnsOf(table: TableResult, columns: string[]): string[][] {
  const at = columns.map((column) => table.columns.indexOf(column))
  if (at.includes(-1)) throw new Error(`columns ${columns.join()} were expected among ${table.columns.join()}`)
  return table.rows.map((row) => at.map((index) => row[index] ?? '')).sort(byText)
}

export function byText(a: string[], b: string[]): number {
  return a.join(' ') < b.join(' ') ? -1 : 1
}
