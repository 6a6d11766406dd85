/** One conversation's chat: the AI SDK's `useChat`, closed properly whichever way an answer ends, and kept in IndexedDB. */
import { useChat } from '@ai-sdk/vue'
import type { AppUIMessage } from '#shared/ui-message'
import { problemOf, type ChatProblem } from '../utils/chatProblem'
import { createChatTransport } from '../utils/chatTransport'
import { closeOpenAnswer, messageText, titleOf } from '../utils/messages'
import { stopTurn } from '../utils/stopTurn'
import { createTurnId } from '../utils/turnId'
import { isUnanswered, lastTurnId, withTurn } from '../utils/turns'

export type ChatSession = ReturnType<typeof createChatSession>

/** Must be called in an effect scope; the end of the scope ends the saving, not an answer under way. */
export function createChatSession(id: string) {
  const store = useConversationStore()
  const { waiting, onChunk, onBroken, ...wait } = useTurnWaiting()
  const wasLost = ref(false)
  const isTakingUp = ref(false)
  /** The turn under way or, where there is none, the last. */
  let turn: string | undefined
  /** It was lost sight of: before the next is begun, it is made sure that it has ended. */
  let isTurnOpen = false

  const chat = useChat<AppUIMessage>({
    id,
    transport: createChatTransport(id, () => turn, { onChunk, onBroken }),
    throttle: 50,
    onFinish: ({ isError }) => {
      isTurnOpen = isError && isUnanswered(chat.messages.value)
      chat.messages.value = closeOpenAnswer(chat.messages.value)
      wait.end()
    },
  })
  const { messages, status } = chat
  const isBusy = computed(() => isTakingUp.value || status.value === 'submitted' || status.value === 'streaming')
  const { isLoaded, loaded, flush } = useMessageArchive(id, messages)

  watch(isBusy, (busy) => {
    store.setAnswering(id, busy)
    if (!busy) void flush()
  })

  const problem = computed<ChatProblem | undefined>(() => {
    const last = messages.value.at(-1)
    if (isBusy.value || !isLoaded.value || !last) return undefined
    if (chat.error.value) return problemOf(chat.error.value, last)
    if (last.metadata?.error) return last.metadata.error
    if (last.role === 'user') return { code: 'unanswered' }
    return wasLost.value ? { code: 'connection-lost' } : undefined
  })

  /** A reload, or another tab, left the last question open: its answer is taken up where the server still has it. */
  async function takeUp(): Promise<void> {
    turn = lastTurnId(messages.value)
    if (!isUnanswered(messages.value)) return
    isTakingUp.value = true
    wait.takingUp()
    await chat.resumeStream()
    // Where it came to its end, or was stopped, it has been closed already.
    wasLost.value = isUnanswered(messages.value)
    messages.value = closeOpenAnswer(messages.value)
    wait.end()
    isTakingUp.value = false
  }
  void loaded.then(takeUp)

  /** @returns the id of the turn to begin, undefined where none may begin now */
  function begin(): string | undefined {
    if (isBusy.value || !isLoaded.value) return undefined
    wasLost.value = false
    if (isTurnOpen && turn !== undefined) stopTurn(turn)
    isTurnOpen = false
    return (turn = createTurnId())
  }

  /** @returns whether it was sent; not while an answer is being written. */
  function send(text: string): boolean {
    const turnId = text.trim() === '' ? undefined : begin()
    if (turnId === undefined) return false
    store.touch(id, titleOf(text))
    void chat.sendMessage({ text, metadata: { turnId } })
    return true
  }

  /** Answers the last question again, in place of the answer it has. */
  function regenerate(): void {
    const turnId = messages.value.length > 0 ? begin() : undefined
    if (turnId === undefined) return
    messages.value = withTurn(messages.value, turnId)
    void chat.regenerate()
  }

  /** Puts another text in place of a question, drops what followed, and sends it. */
  function edit(messageId: string, text: string): void {
    const turnId = text.trim() === '' ? undefined : begin()
    if (turnId === undefined) return
    const [first] = messages.value
    const entry = store.find(id)
    // A title that was taken from the question follows it; one that a person gave stays.
    if (first?.id === messageId && entry?.title === titleOf(messageText(first))) entry.title = titleOf(text)
    store.touch(id, titleOf(text))
    void chat.sendMessage({ text, messageId, metadata: { turnId } })
  }

  /** Ends the answer here and at the server, at once. What had arrived stays. */
  function stop(): void {
    if (!isBusy.value) return
    if (turn !== undefined) stopTurn(turn)
    void chat.stop()
    // Where a turn is only being looked for, there is nothing under way that the chat would close.
    if (status.value === 'ready') messages.value = closeOpenAnswer(messages.value)
  }

  return { id, messages, status, isBusy, isLoaded, problem, waiting, send, regenerate, edit, stop, flush }
}
