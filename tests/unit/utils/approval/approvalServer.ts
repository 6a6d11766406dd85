/** A server that answers as a test says, behind the `fetch` of the page: turns that run, are taken up again and stopped. */
import type { UIMessageChunk } from 'ai'
import { z } from 'zod'
import type { Approval } from '#shared/changes/approval'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { serverTool } from '../../../support/brands'

const postSchema = z.object({
  id: z.string(),
  turnId: z.string(),
  resumable: z.literal(true),
  messages: z.array(z.any()),
})

export interface Post {
  id: string
  turnId: string
  messages: AppUIMessage[]
}

interface Turn {
  id: string
  chunks: UIMessageChunk[]
  readers: ReadableStreamDefaultController<Uint8Array>[]
  isOver: boolean
}

const encoder = new TextEncoder()
const frame = (chunk: UIMessageChunk) => encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`)

export function startApprovalServer() {
  const posts: Post[] = []
  const stopped: string[] = []
  const turns = new Map<string, Turn>()
  /** Answers the next POSTs in place of a turn. */
  const refusals: (Response | Error)[] = []
  /** What the next POSTs stream at once, after `start`. */
  const scripts: UIMessageChunk[][] = []
  let last: Turn | undefined

  function read(turn: Turn): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const chunk of turn.chunks) controller.enqueue(frame(chunk))
        if (turn.isOver) controller.close()
        else turn.readers.push(controller)
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  function say(turn: Turn, chunks: readonly UIMessageChunk[]): void {
    for (const chunk of chunks) {
      turn.chunks.push(chunk)
      for (const reader of turn.readers) reader.enqueue(frame(chunk))
      if (chunk.type !== 'finish' && chunk.type !== 'error') continue
      turn.isOver = true
      for (const reader of turn.readers.splice(0)) reader.close()
    }
  }

  function begin(body: string): Response {
    const post: Post = postSchema.parse(JSON.parse(body))
    posts.push(post)
    const refusal = refusals.shift()
    if (refusal instanceof Error) throw refusal
    if (refusal) return refusal
    if (turns.has(post.turnId)) {
      const error = { code: 'turn-exists', message: 'It is being answered.', requestId: 'r' }
      return Response.json({ error }, { status: 409 })
    }
    const asked = post.messages.at(-1)
    const turn: Turn = { id: post.turnId, chunks: [], readers: [], isOver: false }
    turns.set(turn.id, (last = turn))
    const messageId = asked?.role === 'assistant' ? asked.id : `answer-to-${asked?.id}`
    const messageMetadata = { turnId: turn.id, requestId: `request-${turns.size}`, startedAt: turns.size }
    say(turn, [{ type: 'start', messageId, messageMetadata }, ...(scripts.shift() ?? [])])
    return read(turn)
  }

  async function answer(url: string, init: RequestInit = {}): Promise<Response> {
    init.signal?.throwIfAborted()
    const stop = /^api\/turns\/([^/]+)\/stop$/.exec(url)
    if (stop?.[1]) {
      stopped.push(stop[1])
      return Response.json({})
    }
    if (url === 'api/chat') return begin(String(init.body))
    return last ? read(last) : new Response(undefined, { status: 204 })
  }

  return {
    posts,
    stopped,
    refusals,
    scripts,
    fetch: (url: string, init?: RequestInit) => answer(url, init),
    /** Continues the last turn. */
    say: (...chunks: UIMessageChunk[]) => last && say(last, chunks),
    /** Breaks the connections of the last turn, which continues. */
    cut: () => last?.readers.splice(0).forEach((reader) => reader.error(new TypeError('network error'))),
    /** Forgets all turns, as a restart does. */
    restart: () => {
      turns.clear()
      last = undefined
    },
  }
}

const in10Minutes = () => Date.now() + 600_000

export function approvalOf(toolCallId: string, more: Partial<Approval> = {}): Approval {
  return {
    id: `approval-${toolCallId}`,
    toolCallId,
    tool: serverTool('kubectl_scale'),
    title: { code: 'change-scale', params: {}, text: 'Scale Deployment web in shop on demo: 3 → 5' },
    cluster: 'demo',
    identity: { server: 'https://demo:6443', user: 'admin', uid: 'u', uidOf: 'kube-system' },
    previewed: true,
    objects: [
      {
        verb: 'update',
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: 'shop',
        diff: ' spec:\n-  replicas: 3\n+  replicas: 5\n',
        assigned: [],
        notes: [],
      },
    ],
    notes: [],
    arguments: 'name: web\nreplicas: 5\n',
    expiresAt: in10Minutes(),
    ...more,
  }
}

/** A step whose calls wait for a person, and the end of its turn. */
export function asking(...approvals: Approval[]): UIMessageChunk[] {
  return [
    { type: 'start-step' },
    ...approvals.map(({ toolCallId, tool: toolName }): UIMessageChunk => {
      return { type: 'tool-input-available', dynamic: true, toolCallId, toolName, input: { name: 'web', scale: 5 } }
    }),
    ...approvals.flatMap((approval): UIMessageChunk[] => {
      const { id: approvalId, toolCallId } = approval
      return [
        { type: 'data-approval', id: toolCallId, data: approval },
        { type: 'tool-approval-request', approvalId, toolCallId, signature: `signed-${toolCallId}` },
      ]
    }),
    { type: 'finish-step' },
    {
      type: 'finish',
      finishReason: 'tool-calls',
      messageMetadata: { finishReason: 'approval-required', finishedAt: 1 },
    },
  ]
}

export function resultOf(toolCallId: string, status: string): UIMessageChunk[] {
  return [
    { type: 'data-result', id: toolCallId, data: { toolCallId, result: { kind: 'text', text: status } } },
    { type: 'tool-output-available', dynamic: true, toolCallId, output: { status, text: status, durationMs: 5 } },
  ]
}

export const textOf = (text: string): UIMessageChunk[] => [
  { type: 'text-start', id: 'text-0' },
  { type: 'text-delta', id: 'text-0', delta: text },
]

export const closing: UIMessageChunk[] = [
  { type: 'text-end', id: 'text-0' },
  { type: 'finish-step' },
  { type: 'finish', finishReason: 'stop', messageMetadata: { finishReason: 'stop', finishedAt: 2 } },
]
