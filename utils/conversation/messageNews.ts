/** Tells the browser's other tabs that a conversation's messages were saved, and hears it from them. */
const NAME = 'k8s-ai-assistant:messages'

/**
 * @param id the conversation's
 * @param onNews called when another tab has saved it
 */
export function openMessageNews(id: string, onNews: () => void): { tell: () => void; close: () => void } {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === id) onNews()
  }
  let isOpen = true
  return {
    // What was still being saved when the page went on is told to nobody.
    tell: () => {
      if (isOpen) channel.postMessage(id)
    },
    close: () => {
      isOpen = false
      channel.close()
    },
  }
}
