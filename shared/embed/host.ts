/** The host's side: connects a page to the assistant in its iframe. */
import { PROTOCOL, parseFrameMessage } from './protocol'
import type { EmbedContext, FrameMessage, HostMessage, Theme } from './protocol'

/** The parts of the DOM that are used: shared code is compiled without its types. An `HTMLIFrameElement` fits. */
interface Frame {
  readonly contentWindow: { postMessage(message: unknown, targetOrigin: string): void } | null
  readonly ownerDocument: { readonly defaultView: HostWindow | null }
}
interface HostWindow {
  addEventListener(type: 'message', listener: (event: Posted) => void): void
  removeEventListener(type: 'message', listener: (event: Posted) => void): void
}
interface Posted {
  readonly source: unknown
  readonly origin: string
  readonly data: unknown
}

/** The first start of the assistant in a cold browser takes a few seconds. */
const READY_MS = 10_000

export interface FrameHandlers {
  /** The current state, asked for whenever the page in the frame starts. */
  hello: () => { theme: Theme; locale: string; context: EmbedContext }
  navigate?: (message: Extract<FrameMessage, { type: 'navigate' }>) => void
  badge?: (message: Extract<FrameMessage, { type: 'badge' }>) => void
  open?: (message: Extract<FrameMessage, { type: 'open' }>) => void
  conversation?: (message: Extract<FrameMessage, { type: 'conversation' }>) => void
  /** The page has started, possibly after `silent`. */
  ready?: () => void
  /**
   * The page did not start in time. Offer a link to a new tab: browsers report neither a refused frame nor a rejected
   * certificate.
   */
  silent?: () => void
}

export interface FrameConnection {
  /** Before the page is ready, `ask` waits, and the rest is left to `hello`. */
  send: (message: HostMessage) => void
  close: () => void
}

/**
 * Call it before the iframe loads, or at once after that.
 * @param origin of the assistant, e.g. `https://rancher.example.com`
 * @param readyMs when a silent page is reported, in milliseconds
 */
export function connectFrame(
  iframe: Frame,
  origin: string,
  handlers: FrameHandlers,
  readyMs = READY_MS,
): FrameConnection {
  const host = iframe.ownerDocument.defaultView
  let isReady = false
  const waiting: HostMessage[] = []
  const silence = setTimeout(() => handlers.silent?.(), readyMs)

  function post(message: HostMessage): void {
    iframe.contentWindow?.postMessage({ protocol: PROTOCOL, ...message }, origin)
  }

  function onReady(): void {
    clearTimeout(silence)
    const can = { navigate: handlers.navigate !== undefined, open: handlers.open !== undefined }
    post({ type: 'hello', ...handlers.hello(), can })
    for (const message of waiting.splice(0)) post(message)
    if (!isReady) handlers.ready?.()
    isReady = true
  }

  function onMessage({ source, origin: from, data }: Posted): void {
    if (from !== origin || source === null || source !== iframe.contentWindow) return
    const message = parseFrameMessage(data)
    switch (message?.type) {
      case 'ready':
        return onReady()
      case 'navigate':
        return handlers.navigate?.(message)
      case 'badge':
        return handlers.badge?.(message)
      case 'open':
        return handlers.open?.(message)
      case 'conversation':
        return handlers.conversation?.(message)
      case undefined:
    }
  }

  host?.addEventListener('message', onMessage)
  return {
    send(message) {
      if (isReady) post(message)
      else if (message.type === 'ask') waiting.push(message)
    },
    close() {
      clearTimeout(silence)
      host?.removeEventListener('message', onMessage)
    },
  }
}
