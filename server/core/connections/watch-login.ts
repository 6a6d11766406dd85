/** Notices that a user's login has ended, once the API server refuses it. */
import type { McpLinks } from '../../mcp/links/links'

/** The login's own server may be out of reach just now, or have answered before the end. In milliseconds. */
const AGAIN_MS = 5000

/**
 * Asks while the API server refuses the login, and calls `onEnded` once.
 * @param hasEnded may reject: it is asked again
 * @returns stops it
 */
export function watchLogin(
  { clusterState, onChange }: Pick<McpLinks, 'onChange'> & { clusterState: Pick<McpLinks['clusterState'], 'current'> },
  hasEnded: () => Promise<boolean>,
  onEnded: () => void,
): () => void {
  let again: NodeJS.Timeout | undefined
  let isOver = false

  function stop(): void {
    isOver = true
    clearTimeout(again)
  }

  async function check(): Promise<void> {
    clearTimeout(again)
    const now = clusterState.current()
    if (isOver || now?.state !== 'error' || now.code !== 'unauthorized') return
    const isEnded = await hasEnded().catch(() => false)
    if (isOver) return
    clearTimeout(again)
    if (isEnded) {
      stop()
      onEnded()
    } else again = setTimeout(() => void check(), AGAIN_MS).unref()
  }

  onChange(() => void check())
  return stop
}
