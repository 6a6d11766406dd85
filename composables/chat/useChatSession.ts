/** One conversation's chat: performs the effects of its state machine with the AI SDK's `useChat`. */
import { useChat } from '@ai-sdk/vue'
import { until } from '@vueuse/core'
import type { AskedAttachment } from '#shared/chat/asked'
import type { AppUIMessage } from '#shared/chat/ui-message'
import type { AttachedManifest } from '../../stores/attachments'
import { pendingApprovals, type Decision } from '../../utils/approval/approvals'
import { askedNow } from '../../utils/chat/askedNow'
import { problemOf, type ChatProblem } from '../../utils/chat/chatProblem'
import { createChatTransport } from '../../utils/chat/chatTransport'
import { messageText, titleOf } from '../../utils/chat/messages'
import {
  INITIAL_STATE,
  isBusy as isBusyState,
  mustKeepAnswer,
  reduce,
  type ConversationEffect,
  type ConversationEvent,
  type ConversationState,
} from '../../utils/conversation/conversationMachine'
import type { CommandPlan } from '../../utils/commands/commandMessages'
import { typedCommand } from '../../utils/commands/typedCommand'
import { stopTurn } from '../../utils/turn/stopTurn'
import { createTurn } from '../../utils/turn/turns'

/**
 * Milliseconds between two renderings of an answer: the cost does not depend on the amount of new text, and twelve a
 * second are smooth.
 */
const DRAW_MS = 80

export type ChatSession = ReturnType<typeof createChatSession>

/** Call in an effect scope. The end of the scope stops saving, but not a running answer. */
export function createChatSession(id: string) {
  const store = useConversationStore()
  const scope = useScopeStore()
  const newTurn = () => createTurn(scope.turnContext)
  const attachments = useAttachmentStore()
  const turnWith = (attached: readonly AskedAttachment[] = []) =>
    createTurn({
      ...scope.turnContext,
      ...(attached.length > 0 && { attachments: attached.map(({ name, lines, text }) => ({ name, lines, text })) }),
    })
  const clusters = useClusterStore()
  const { t } = useText()
  const { offerUndo } = useUndo()
  const { waiting, writingTool, onChunk, onBroken, ...wait } = useTurnWaiting()
  const state = shallowRef<ConversationState>(INITIAL_STATE)
  const commandReads = useCommandReads()

  const chat = useChat<AppUIMessage>({
    id,
    transport: createChatTransport(id, () => clusters.clusterOf(id), toResume, { onChunk, onBroken }),
    throttle: DRAW_MS,
    onFinish: ({ isError }) => {
      dispatch({ type: 'finished', isError })
      wait.end()
    },
  })
  const { messages, status } = chat
  const isStreaming = computed(() => status.value === 'submitted' || status.value === 'streaming')
  const isBusy = computed(() => isBusyState({ phase: state.value.phase, isStreaming: isStreaming.value }))
  const { isLoaded, loaded, flush, save } = useMessageArchive(id, messages, {
    mayReload: () => !isBusy.value,
    onReloaded: () => void dispatch({ type: 'reloaded', newTurn: newTurn() }),
  })
  void loaded.then(() => dispatch({ type: 'loaded', newTurn: newTurn() }))

  /** Approvals that must be answered before the next question. */
  const pending = computed(() => (isBusy.value ? [] : pendingApprovals(messages.value.at(-1))))
  useWaitingApprovals(id, pending)
  /** False after a dry run whose manifest is gone. */
  const canRepeat = computed(() => {
    const question = messages.value.findLast(({ role }) => role === 'user')
    return !messages.value.at(-1)?.metadata?.isCommand || !question || commandReads.isKnown(messageText(question))
  })
  const isKept = computed(() => mustKeepAnswer({ messages: messages.value }))

  function toResume(): { turn?: string; into?: AppUIMessage } {
    const last = messages.value.at(-1)
    return { turn: state.value.turn, ...(last?.metadata?.continuesAt !== undefined && { into: last }) }
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

  /** @returns whether the event had an effect */
  function dispatch(event: ConversationEvent): boolean {
    const now = { ...state.value, messages: messages.value, isStreaming: isStreaming.value }
    const { state: next, effects } = reduce(now, event)
    state.value = next
    if (next.messages !== messages.value) messages.value = next.messages
    for (const effect of effects) perform(effect)
    return effects.length > 0
  }

  function perform(effect: ConversationEffect): void {
    switch (effect.type) {
      case 'ask': {
        const { text, messageId, metadata } = effect
        return void chat.sendMessage({ text, metadata, ...(messageId !== undefined && { messageId }) })
      }
      case 'ask-to-go-on':
        return void send(t('messages.goOn'))
      case 'continue':
        return void chat.sendMessage()
      case 'regenerate':
        return void chat.regenerate()
      case 'resume':
        return void resume()
      case 'read':
        return void readFor(effect.plan)
      case 'stop-read':
        return commandReads.stop()
      case 'stop-turn':
        return stopTurn(effect.turn)
      case 'stop-stream':
        return void chat.stop()
      case 'clear-error':
        return chat.clearError()
      case 'save':
        return void save()
      case 'touch':
        return store.touch(id, effect.title, clusters.clusterOf(id))
      case 'retitle': {
        const entry = store.find(id)
        // A title derived from the question follows it; a title set by the user stays.
        if (entry?.title === titleOf(messageText(effect.before))) entry.title = effect.title
      }
    }
  }

  async function readFor({ reads, ask }: CommandPlan): Promise<void> {
    const hasEnded = await commandReads.run(reads, (callId, read, next) =>
      dispatch({ type: 'ran', callId, read, ...(next && { next }) }),
    )
    if (hasEnded && ask !== undefined) send(ask)
  }

  async function resume(): Promise<void> {
    wait.resuming()
    await chat.resumeStream()
    wait.end()
    dispatch({ type: 'resumed', newTurn: newTurn() })
  }

  /** @returns whether it was sent; not while an answer is being written or awaits approval. */
  function send(text: string): boolean {
    const isSent = dispatch({ type: 'send', text, newTurn: turnWith(attachments.ready(id)) })
    if (!isSent) return false
    scope.detachAll()
    attachments.clear(id)
    return true
  }

  /**
   * Runs a command or runbook of the prompt, without the model.
   * @param messageId of the question that it replaces, with everything after it
   * @returns whether it was started; not if the text is none
   */
  async function run(text: string, messageId?: string): Promise<boolean> {
    const plan = await commandReads.planOf(text)
    if (!plan) return false
    const replaced = messageId !== undefined && { messageId }
    return dispatch({ type: 'run', text: text.trim(), plan, asked: askedNow(), ...replaced })
  }

  /** Replaces the answer to the last question; a command reads again. */
  function regenerate(): void {
    const question = messages.value.findLast(({ role }) => role === 'user')
    if (question && messages.value.at(-1)?.metadata?.isCommand) void run(messageText(question), question.id)
    else dispatch({ type: 'regenerate', newTurn: newTurn() })
  }

  /** Replaces a question, drops everything after it, and sends it. Can be taken back for a while. */
  async function edit(messageId: string, text: string): Promise<void> {
    const [before, title] = [messages.value, store.find(id)?.title]
    const isEdited = (await typedCommand(text))
      ? await run(text, messageId)
      : dispatch({ type: 'edit', messageId, text, newTurn: turnWith(attachmentsOf(messageId)) })
    if (isEdited) offerUndo(t('messages.edited'), () => void restore(before, title))
  }

  function attachmentsOf(messageId: string): AskedAttachment[] | undefined {
    return messages.value.find((message) => message.id === messageId)?.metadata?.asked?.attachments
  }

  async function restore(before: AppUIMessage[], title: string | undefined): Promise<void> {
    dispatch({ type: 'stop' })
    await until(isBusy).toBe(false)
    dispatch({ type: 'restored', messages: before })
    if (title !== undefined) store.rename(id, title)
  }

  return {
    id,
    messages,
    status,
    isBusy,
    /** True while a command reads the cluster. */
    isReading: computed(() => state.value.phase === 'reading'),
    isLoaded,
    loaded,
    pending,
    problem,
    /** True if the last answer may not be replaced: it holds results of a change. */
    isKept,
    canRepeat,
    waiting,
    writingTool,
    flush,
    send,
    run,
    /** Shows what a manifest would change, without the model. @returns whether it was started */
    dryRun: (manifest: AttachedManifest) => run(commandReads.remember(manifest)),
    regenerate,
    edit,
    /** Answers approvals. The last answer continues the turn. */
    decide: (decisions: readonly Decision[]) => void dispatch({ type: 'decide', decisions, newTurn: newTurn() }),
    /** Repeats what failed, a command without the model; after a change, asks the model to continue. */
    retry: () => {
      if (messages.value.at(-1)?.metadata?.isCommand) regenerate()
      else dispatch({ type: 'retry', newTurn: newTurn() })
    },
    /** Stops the answer here and at the server. The text so far stays. */
    stop: () => void dispatch({ type: 'stop' }),
  }
}
