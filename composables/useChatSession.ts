/** One conversation's chat: the AI SDK's `useChat`, closed properly whichever way an answer ends, and kept in IndexedDB. */
import { useChat } from '@ai-sdk/vue'
import type { AppUIMessage } from '#shared/ui-message'
import { problemOf, type ChatProblem } from '../utils/chatProblem'
import { chatTransport } from '../utils/chatTransport'
import { closeOpenAnswer, messageText, titleOf } from '../utils/messages'

export type ChatSession = ReturnType<typeof createChatSession>

/** Must be called in an effect scope; the end of the scope ends the saving, not an answer under way. */
export function createChatSession(id: string) {
  const store = useConversationStore()
  const wasCut = ref(false)

  const chat = useChat<AppUIMessage>({
    id,
    transport: chatTransport,
    throttle: 50,
    onFinish: ({ isAbort, isError }) => {
      const last = chat.messages.value.at(-1)
      // A proxy that gives up ends the stream cleanly: only the server's own last word tells a whole answer from half of one.
      wasCut.value = !isAbort && !isError && last?.metadata?.finishReason === undefined
      chat.messages.value = closeOpenAnswer(chat.messages.value)
    },
  })
  const { messages, status } = chat
  const isBusy = computed(() => status.value === 'submitted' || status.value === 'streaming')
  const { isLoaded, flush } = useMessageArchive(id, messages)

  watch(isBusy, (busy) => {
    store.setAnswering(id, busy)
    if (!busy) void flush()
  })

  const problem = computed<ChatProblem | undefined>(() => {
    const last = messages.value.at(-1)
    if (isBusy.value || !isLoaded.value || !last) return undefined
    if (chat.error.value) return problemOf(chat.error.value, last)
    if (last.metadata?.error) return last.metadata.error
    if (wasCut.value) return { code: 'connection-lost' }
    return last.role === 'user' ? { code: 'unanswered' } : undefined
  })

  function begin(): boolean {
    if (isBusy.value || !isLoaded.value) return false
    wasCut.value = false
    return true
  }

  /** @returns whether it was sent; not while an answer is being written. */
  function send(text: string): boolean {
    if (text.trim() === '' || !begin()) return false
    store.touch(id, titleOf(text))
    void chat.sendMessage({ text })
    return true
  }

  /** Answers the last question again, in place of the answer it has. */
  function regenerate(): void {
    if (messages.value.length > 0 && begin()) void chat.regenerate()
  }

  /** Puts another text in place of a question, drops what followed, and sends it. */
  function edit(messageId: string, text: string): void {
    if (text.trim() === '' || !begin()) return
    const [first] = messages.value
    const entry = store.find(id)
    // A title that was taken from the question follows it; one that a person gave stays.
    if (first?.id === messageId && entry?.title === titleOf(messageText(first))) entry.title = titleOf(text)
    store.touch(id, titleOf(text))
    void chat.sendMessage({ text, messageId })
  }

  return { id, messages, status, isBusy, isLoaded, problem, send, regenerate, edit, stop: chat.stop, flush }
}
