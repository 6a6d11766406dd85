/** Synchronises saved conversations between the browser's tabs. */
const NAME = 'k8s-ai-assistant:messages'

/**
 * @param id the conversation's id
 * @param onSaved called when another tab has saved it
 */
export function openMessageSync(id: string, onSaved: () => void): { tell: () => void; close: () => void } {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === id) onSaved()
  }
  let isOpen = true
  return {
    // Not announced if the page is closing during the save.
    tell: () => {
      if (isOpen) channel.postMessage(id)
    },
    close: () => {
      isOpen = false
      channel.close()
    },
  }
}
