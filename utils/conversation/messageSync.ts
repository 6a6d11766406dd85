/** Tells the browser's other tabs that a conversation's messages were saved, and hears it from them. */
const NAME = 'k8s-ai-assistant:messages'

/**
 * @param id the conversation's
 * @param onSaved called when another tab has saved it
 */
export function openMessageSync(id: string, onSaved: () => void): { tell: () => void; close: () => void } {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === id) onSaved()
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
