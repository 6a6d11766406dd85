/**
 * A page without a browser: it reads the stream with the AI SDK like the real one, closes open parts, and posts its
 * history with the next question.
 */
import { readUIMessageStream } from 'ai'
import type { UIMessageChunk } from 'ai'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { toolOutputSchema } from '../../shared/result'
import type { AppUIMessage } from '../../shared/chat/ui-message'
import { ChatRequestError } from '../../utils/chat/chatProblem'
import { closeOpenAnswer, messageText, messagesToPost } from '../../utils/chat/messages'
import { openSseFeed } from '../../utils/turn/sseFeed'

/** A turn that takes longer than this, in milliseconds, counts as endless. */
const ENDLESS_MS = 90_000

export interface Seen {
  chunks: UIMessageChunk[]
  /** The answer as the page would keep it; undefined if none began. */
  message: AppUIMessage | undefined
  /**
   * `finish`: the last chunk arrived; `refused`: no stream; `left`: the page disconnected; `cut`: the connection broke;
   * `endless`: none of these in time.
   */
  end: 'finish' | 'refused' | 'left' | 'cut' | 'endless'
  /** The refusal, or the cause of the broken connection. */
  problem?: string
}

export interface Asked {
  turnId: string
  /** Resolves once a chunk of this type arrives; throws if the answer ends before. */
  until: (type: UIMessageChunk['type']) => Promise<void>
  seen: Promise<Seen>
}

export interface AskOptions {
  resumable?: boolean
  /** Disconnects the page. */
  leave?: AbortSignal
}

export class Page {
  readonly id = randomUUID()
  private messages: AppUIMessage[] = []

  /**
   * @param url of the server; may change if the server is restarted
   * @param headers of every request, e.g. a cookie
   */
  constructor(
    public url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  ask(question: string, { resumable = false, leave }: AskOptions = {}): Asked {
    const turnId = randomUUID()
    const metadata = { turnId }
    this.messages.push({ id: randomUUID(), role: 'user', parts: [{ type: 'text', text: question }], metadata })
    const body = JSON.stringify({ id: this.id, turnId, resumable, messages: messagesToPost(this.messages) })
    const headers = { 'content-type': 'application/json', ...this.headers }
    return this.read(turnId, `${this.url}/api/chat`, { method: 'POST', headers, body }, leave)
  }

  /** Resumes the turn of the last question, as after a page reload. */
  resume(): Asked {
    const turnId = this.messages.findLast(({ role }) => role === 'user')?.metadata?.turnId ?? ''
    this.messages = this.messages.slice(0, this.messages.findLastIndex(({ role }) => role === 'user') + 1)
    return this.read(turnId, `${this.url}/api/chat/${this.id}/stream`, { headers: this.headers })
  }

  private read(turnId: string, url: string, init: RequestInit, leave?: AbortSignal): Asked {
    const chunks: UIMessageChunk[] = []
    const waiting = new Map<string, PromiseWithResolvers<void>>()
    const endless = AbortSignal.timeout(ENDLESS_MS)
    const signal = leave ? AbortSignal.any([leave, endless]) : endless
    const see = (chunk: UIMessageChunk) => {
      chunks.push(chunk)
      waiting.get(chunk.type)?.resolve()
    }
    const answer: { message?: AppUIMessage } = {}
    let isOver = false
    const seen = readPatiently(url, { ...init, signal }, see, answer)
      .then((): Pick<Seen, 'end' | 'problem'> =>
        chunks.at(-1)?.type === 'finish' ? { end: 'finish' } : { end: 'cut', problem: 'no finish' },
      )
      .catch((error: unknown): Pick<Seen, 'end' | 'problem'> => {
        if (leave?.aborted) return { end: 'left' }
        const problem = error instanceof ChatRequestError ? `${error.problem.code}: ${error.message}` : wordsOf(error)
        if (endless.aborted) return { end: 'endless', problem }
        return { end: error instanceof ChatRequestError ? 'refused' : 'cut', problem }
      })
      .then(({ end, problem }): Seen => {
        isOver = true
        for (const each of waiting.values())
          each.reject(new Error(`the answer ended before (${end}, ${problem ?? ''})`))
        if (answer.message) this.messages = closeOpenAnswer([...this.messages, answer.message])
        return { chunks, message: answer.message && this.messages.at(-1), end, ...(problem && { problem }) }
      })
    const until = async (type: string) => {
      if (chunks.some((chunk) => chunk.type === type)) return
      if (isOver) throw new Error(`the answer ended without ${type}`)
      const come = waiting.get(type) ?? Promise.withResolvers<void>()
      waiting.set(type, come)
      await come.promise
    }
    return { turnId, until, seen }
  }
}

/** `fetch failed` alone explains nothing. */
function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${String(error.cause)}` : ''
  return `${String(error)}${cause}`
}

/** Before each attempt to resume, in milliseconds, as in the page's turn reader. */
const RESUME_DELAYS = [0, 500, 1000, 2000]

/** A question is sent once; a turn is resumed if the connection fails before any part of it arrived. */
async function readPatiently(...[url, init, see, answer]: Parameters<typeof readAnswer>): Promise<void> {
  const delays = init.method === 'POST' ? [0] : RESUME_DELAYS
  let hasBegun = false
  const begin = (chunk: UIMessageChunk) => {
    hasBegun = true
    see(chunk)
  }
  for (const [at, ms] of delays.entries()) {
    if (ms > 0) await delay(ms)
    try {
      return await readAnswer(url, init, begin, answer)
    } catch (error) {
      if (!(error instanceof TypeError) || hasBegun || at === delays.length - 1) throw error
    }
  }
}

/** @throws the error that ended the reading, unless the stream ended normally */
async function readAnswer(
  url: string,
  init: RequestInit,
  see: (chunk: UIMessageChunk) => void,
  answer: { message?: AppUIMessage },
): Promise<void> {
  const feed = await openSseFeed(url, init)
  let broken: unknown
  // The AI SDK's reader passes the error to `onError` and ends, so record it here.
  const noted = new ReadableStream<UIMessageChunk>({
    async start(controller) {
      try {
        for await (const chunk of feed) {
          see(chunk)
          controller.enqueue(chunk)
        }
      } catch (error) {
        broken = error
      }
      controller.close()
    },
  })
  for await (const message of readUIMessageStream<AppUIMessage>({ stream: noted, onError: () => undefined }))
    answer.message = message
  if (broken !== undefined) throw broken
}

/** The answer is complete, has text, and all its tool calls succeeded. */
export function isGood({ end, message }: Seen): boolean {
  if (end !== 'finish' || message?.metadata?.finishReason !== 'stop' || messageText(message) === '') return false
  return statuses(message).every((status) => status === 'ok')
}

/** The user got neither an answer nor a reason, and the page no broken connection to report. */
export function isWordless({ end, message, problem }: Seen): boolean {
  if (end === 'endless') return true
  if (end === 'refused' || end === 'cut') return problem === undefined
  if (end === 'left') return false
  if (!message) return true
  const { error, notices = [], finishReason } = message.metadata ?? {}
  const isSilent = messageText(message) === '' && !error?.message && notices.length === 0
  return isSilent && finishReason !== 'aborted'
}

/** What the page displayed, shortened. */
export function toldOf({ chunks, message, end, problem }: Seen): string {
  const progress = chunks.flatMap((chunk) =>
    chunk.type === 'data-progress' && isProgress(chunk.data) ? [`"${chunk.data.state}"`] : [],
  )
  const { error, finishReason, notices = [] } = message?.metadata ?? {}
  const answered = finishReason === 'stop' ? 'answered' : finishReason
  return [
    ...new Set(progress),
    ...outputs(message).map(({ status, text }) => `tool ${status}${status === 'ok' ? '' : ` "${short(text)}"`}`),
    ...notices.map((notice) => `notice "${short(typeof notice === 'string' ? notice : notice.text)}"`),
    error ? `error ${error.code}: "${short(error.message)}"` : end === 'finish' ? answered : undefined,
    ending(end, problem),
  ]
    .filter((each) => each !== undefined)
    .join(', ')
}

/** How the answer's tool calls ended, in order. */
export function toolStatuses({ message }: Seen): string[] {
  return message ? statuses(message) : []
}

/** Shortens a text for the table. */
export function short(text: string): string {
  const line = text
    .replaceAll(/:\d{4,5}\b/g, ':…')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > 70 ? `${line.slice(0, 69)}…` : line
}

function statuses(message: AppUIMessage): string[] {
  const open = message.parts.filter((part) => part.type === 'dynamic-tool' && part.state !== 'output-available')
  return [...outputs(message).map(({ status }) => status), ...open.map(() => 'open')]
}

function outputs(message: AppUIMessage | undefined) {
  return (message?.parts ?? []).flatMap((part) =>
    part.type === 'dynamic-tool' && part.state === 'output-available' ? [toolOutputSchema.parse(part.output)] : [],
  )
}

function isProgress(data: unknown): data is { state: string } {
  return typeof data === 'object' && data !== null && 'state' in data && typeof data.state === 'string'
}

function ending(end: Seen['end'], problem = ''): string | undefined {
  switch (end) {
    case 'finish':
      return undefined
    case 'left':
      return 'it was gone'
    // The page's own text, if no server can report.
    case 'cut':
      return 'connection lost'
    case 'refused':
    case 'endless':
      return `${end} ${short(problem)}`.trim()
  }
}
