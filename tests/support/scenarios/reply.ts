/** One question through each way to the server, reduced to what a person is shown. */
import { readUIMessageStream, uiMessageChunkSchema } from 'ai'
import type { UIMessageChunk } from 'ai'
import { randomUUID } from 'node:crypto'
import type { AppUIMessage } from '../../../shared/chat/ui-message'
import { postChat } from '../approvals'
import { askSse, readSse } from '../chat'
import type { Chunk } from '../chat'
import { openSocket } from '../socket'

export interface Reply {
  text: string
  calls: { name: string; status: string }[]
  /** Kinds of the shown results. */
  results: string[]
  notices: string[]
  error?: { code: string; message: string }
  finishReason: string
  /** States of the progress line; JSON has none. */
  progress: string[]
}

export const WAYS = ['SSE', 'JSON', 'socket'] as const
export type Way = (typeof WAYS)[number]

export async function reply(way: Way, url: string, question: string): Promise<Reply> {
  switch (way) {
    case 'JSON':
      return await byJson(url, question)
    case 'SSE': {
      const chunks: Chunk[] = []
      for await (const chunk of readSse(await askSse(url, question))) chunks.push(chunk)
      return await assembled(chunks)
    }
    case 'socket': {
      const socket = await openSocket(url)
      const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: question }] }]
      socket.send({ type: 'chat', body: { id: randomUUID(), turnId: randomUUID(), messages } })
      const chunks = await socket.chunksUntilEnd()
      socket.close()
      return await assembled(chunks)
    }
  }
}

async function byJson(url: string, question: string): Promise<Reply> {
  const { message, toolCalls, notices = [], error, finishReason } = await postChat(url, question)
  return {
    text: message.content,
    calls: toolCalls.map(({ name, status }) => ({ name, status })),
    results: toolCalls.map(({ result }) => result.kind),
    notices: notices.map(({ text }) => text),
    ...(error && { error }),
    finishReason,
    progress: [],
  }
}

/** As the page assembles them. */
async function assembled(chunks: readonly Chunk[]): Promise<Reply> {
  let shown: AppUIMessage | undefined
  const { validate } = uiMessageChunkSchema()
  const stream = new ReadableStream<UIMessageChunk>({
    start: async (controller) => {
      for (const chunk of chunks) {
        const parsed = await validate?.(chunk)
        if (!parsed?.success) throw new Error(`not a chunk: ${JSON.stringify(chunk)}`)
        controller.enqueue(parsed.value)
      }
      controller.close()
    },
  })
  const ignore = () => undefined
  for await (const message of readUIMessageStream<AppUIMessage>({ stream, onError: ignore })) shown = message
  const parts = shown?.parts ?? []
  const { metadata } = shown ?? {}
  return {
    text: parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])).join('\n\n'),
    calls: parts.flatMap((part) => {
      if (part.type !== 'dynamic-tool') return []
      return [{ name: part.toolName, status: statusOf(part.output) }]
    }),
    results: parts.flatMap((part) => (part.type === 'data-result' ? [part.data.result.kind] : [])),
    notices: (metadata?.notices ?? []).map((notice) => (typeof notice === 'string' ? notice : notice.text)),
    ...(metadata?.error && { error: metadata.error }),
    finishReason: metadata?.finishReason ?? 'none',
    progress: chunks.flatMap(({ type, data }) => (type === 'data-progress' ? [JSON.stringify(data)] : [])),
  }
}

function statusOf(output: unknown): string {
  return typeof output === 'object' && output !== null && 'status' in output ? String(output.status) : 'none'
}
