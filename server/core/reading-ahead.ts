/** What the model reads ahead: the beginning that all questions share, and each finished turn. */
import type { ChatMessage } from '#shared/chat/request'
import type { FinishReason } from '#shared/chat/answer'
import type { TurnEvent } from '../agent/events'
import type { McpLinks } from '../mcp/links/links'
import type { Beginning, ReadAhead } from '../model/read-ahead'
import type { ModelMonitor } from '../model/status'
import { PostedAnswer } from './posted-answer'

export type ReadAheadMode = 'auto' | 'on' | 'off'

/**
 * Whether the model server keeps what it reads for us. `auto`: it reports the model in its own memory, as Ollama does
 * for a model that it runs itself; a service behind the same API bills each token.
 */
export function readsAhead(mode: ReadAheadMode, monitor: ModelMonitor, isDemo: boolean): boolean {
  const { reachable, loaded } = monitor.status()
  if (isDemo || mode === 'off') return false
  return mode === 'on' ? reachable && loaded !== false : loaded === true
}

/** How long to wait for the cluster's version, in milliseconds. */
const VERSION_MS = 10_000

/** Reads the beginning when model and tools are ready, and again when the model was reloaded or the tools changed. */
export function readBeginning(
  readAhead: ReadAhead,
  { monitor, links }: { monitor: ModelMonitor; links: McpLinks },
  beginning: () => Promise<Beginning | undefined>,
): void {
  // The instructions name the cluster's version, which is read a moment after the tools.
  const withVersion = async () => {
    await links.clusterState.refresh(AbortSignal.timeout(VERSION_MS)).catch(() => undefined)
    return beginning()
  }
  let read = ''
  const look = () => {
    const { loaded, reachable, window } = monitor.status()
    const tools = links.toolbox.tools()
    const isReady = (loaded ?? reachable) && tools.length > 0 && links.main.status().state === 'ready'
    const now = isReady ? [window.tokens, ...tools.map(({ name }) => name)].join(' ') : ''
    if (now === read) return
    read = now
    if (isReady) readAhead.next(withVersion)
  }
  monitor.onChange(look)
  links.onChange(look)
}

/** After these the client posts the answer as it is: with a question, or with approvals. */
const FINISHED: ReadonlySet<FinishReason> = new Set(['stop', 'length', 'tool-calls', 'approval-required'])

/**
 * Passes a turn's events on, and at its end has the finished turn read.
 * @param posted the messages that the turn answers
 * @param run the turn
 * @param next computes the beginning of the next request, from the messages that a client will post before its question
 */
export async function* thenReadAhead(
  readAhead: ReadAhead,
  posted: readonly ChatMessage[],
  run: (emit: (event: TurnEvent) => void) => AsyncIterable<TurnEvent>,
  next: (messages: ChatMessage[]) => Promise<Beginning | undefined>,
  emit: (event: TurnEvent) => void,
): AsyncGenerator<TurnEvent, void, void> {
  const release = readAhead.hold()
  const last = posted.at(-1)
  const begun = last?.role === 'assistant' ? last : undefined
  const answer = new PostedAnswer(begun)
  const running = run((event) => {
    answer.add(event)
    emit(event)
  })
  try {
    for await (const event of running) {
      answer.add(event)
      if (event.type === 'finish' && FINISHED.has(event.reason)) {
        release()
        readAhead.next(() => next([...posted.slice(0, begun ? -1 : undefined), answer.message()]))
      }
      yield event
    }
  } finally {
    release()
  }
}
