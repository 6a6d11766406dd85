/** One conversation's chat: the AI SDK's `useChat`, closed properly whichever way an answer ends, and kept in IndexedDB. */
import { useChat } from '@ai-sdk/vue'
import type { AppUIMessage } from '#shared/ui-message'
import {
  holdsChange,
  isAllAnswered,
  pendingApprovals,
  withDecisions,
  type Decision,
} from '../../utils/approval/approvals'
import { problemOf, type ChatProblem } from '../../utils/chat/chatProblem'
import { createChatTransport } from '../../utils/chat/chatTransport'
import { isUnbegun, withContinuation } from '../../utils/turn/continuation'
import { closeOpenAnswer, messageText, titleOf } from '../../utils/chat/messages'
import { stopTurn } from '../../utils/turn/stopTurn'
import { createTurnId } from '../../utils/turn/turnId'
import { isUnanswered, lastTurnId, questionMetadata, withTurn } from '../../utils/turn/turns'

/** Milliseconds between two drawings of an answer: each costs the same however much is new, and twelve a second read well. */
const DRAW_MS = 80

export type ChatSession = ReturnType<typeof createChatSession>

/** Must be called in an effect scope; the end of the scope ends the saving, not an answer under way. */
export function createChatSession(id: string) {
  const store = useConversationStore()
  const { t } = useText()
  const { waiting, onChunk, onBroken, ...wait } = useTurnWaiting()
  const isTakingUp = ref(false)
  /** The turn under way or, where there is none, the last. */
  let turn: string | undefined
  /** It was lost sight of: before the next is begun, it is made sure that it has ended. */
  let isTurnOpen = false

  const chat = useChat<AppUIMessage>({
    id,
    transport: createChatTransport(id, toTakeUp, { onChunk, onBroken }),
    throttle: DRAW_MS,
    onFinish: ({ isError }) => {
      isTurnOpen = isError && isUnanswered(chat.messages.value)
      // What was approved and did not get to the server can be sent again.
      const isUnsent = isError && isUnbegun(chat.messages.value.at(-1))
      if (!isUnsent) chat.messages.value = closeOpenAnswer(chat.messages.value, isError ? 'lost' : 'aborted')
      wait.end()
    },
  })
  const { messages, status } = chat
  const isBusy = computed(() => isTakingUp.value || status.value === 'submitted' || status.value === 'streaming')
  const { isLoaded, loaded, flush, save } = useMessageArchive(id, messages, {
    mayReload: () => !isBusy.value,
    onReloaded: () => {
      chat.clearError()
      void takeUp()
    },
  })
  /** What has to be answered before anything else is asked. */
  const pending = computed(() => (isBusy.value ? [] : pendingApprovals(messages.value.at(-1))))

  function toTakeUp(): { turn?: string; into?: AppUIMessage } {
    const last = messages.value.at(-1)
    return { turn, ...(last?.metadata?.continuesAt !== undefined && { into: last }) }
  }

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
    return last.metadata?.finishReason === 'lost' ? { code: 'connection-lost' } : undefined
  })

  /**
   * A reload, or another tab, left the last question open: its answer is taken up where the server still has it. Answers to
   * approvals that the server does not know of are sent.
   */
  async function takeUp(): Promise<void> {
    turn = lastTurnId(messages.value)
    if (isAllAnswered(messages.value)) return goOn()
    if (!isUnanswered(messages.value)) return
    isTakingUp.value = true
    wait.takingUp()
    await chat.resumeStream()
    wait.end()
    isTakingUp.value = false
    if (isUnbegun(messages.value.at(-1))) return goOn()
    // Where it came to its end, or was stopped, it has been closed already.
    messages.value = closeOpenAnswer(messages.value, 'lost')
  }
  void loaded.then(takeUp)

  /** @returns the id of the turn to begin, undefined where none may begin now */
  function begin(): string | undefined {
    if (isBusy.value || !isLoaded.value) return undefined
    if (isTurnOpen && turn !== undefined) stopTurn(turn)
    isTurnOpen = false
    return (turn = createTurnId())
  }

  /** @returns whether it was sent; not while an answer is being written, or waits for approvals. */
  function send(text: string): boolean {
    const turnId = text.trim() === '' || pending.value.length > 0 ? undefined : begin()
    if (turnId === undefined) return false
    store.touch(id, titleOf(text))
    messages.value = closeOpenAnswer(messages.value)
    void chat.sendMessage({ text, metadata: questionMetadata(turnId) })
    return true
  }

  /** The last answer may not be dropped for another: it holds what became of a change. */
  const isKept = computed(() => holdsChange(messages.value.at(-1)))

  /** Answers the last question again, in place of the answer it has. */
  function regenerate(): void {
    const turnId = messages.value.length > 0 && !isKept.value ? begin() : undefined
    if (turnId === undefined) return
    messages.value = withTurn(messages.value, turnId)
    void chat.regenerate()
  }

  /** Answers approvals that wait. With the last of them the turn goes on. */
  function decide(decisions: readonly Decision[]): void {
    if (pending.value.length === 0) return
    messages.value = withDecisions(messages.value, decisions)
    if (isAllAnswered(messages.value)) goOn()
    else void save()
  }

  /** Posts the answers to the approvals of the last message: once, unless nothing came back. */
  function goOn(): void {
    if (isBusy.value || !isLoaded.value) return
    // Under its own id, if it has one: the server may have begun it though its answer was lost.
    turn = isUnbegun(messages.value.at(-1)) ? lastTurnId(messages.value) : undefined
    turn ??= createTurnId()
    isTurnOpen = false
    messages.value = withContinuation(messages.value, turn)
    // A reload in the next moment must not ask for the approvals again.
    void save()
    void chat.sendMessage()
  }

  /** Tries again what did not work; behind a change, by asking to go on. */
  function retry(): void {
    if (isUnbegun(messages.value.at(-1))) goOn()
    else if (isKept.value) send(t('messages.goOn'))
    else regenerate()
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
    void chat.sendMessage({ text, messageId, metadata: questionMetadata(turnId) })
  }

  /** Ends the answer here and at the server, at once. What had arrived stays. */
  function stop(): void {
    if (!isBusy.value) return
    if (turn !== undefined) stopTurn(turn)
    void chat.stop()
    // Where a turn is only being looked for, there is nothing under way that the chat would close.
    if (status.value === 'ready') messages.value = closeOpenAnswer(messages.value)
  }

  const actions = { send, regenerate, edit, decide, retry, stop, flush }
  return { id, messages, status, isBusy, isLoaded, loaded, pending, problem, isKept, waiting, ...actions }
}
