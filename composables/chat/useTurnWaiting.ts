/** What a turn waits for, according to the server and the connection. */
import type { UIMessageChunk } from 'ai'
import { progressSchema, type Progress } from '#shared/chat/ui-message'

export type TurnWait = Progress['state'] | 'reconnecting' | 'resuming'

export function useTurnWaiting() {
  const progress = ref<Progress>()
  const connection = ref<'reconnecting' | 'resuming'>()
  const waiting = computed<TurnWait | undefined>(() => connection.value ?? progress.value?.state)
  const writingTool = computed(() => progress.value?.tool)

  /** Any later chunk ends the wait, except those about the turn itself. */
  function onChunk(chunk: UIMessageChunk): void {
    connection.value = undefined
    if (chunk.type === 'data-progress') progress.value = progressSchema.safeParse(chunk.data).data
    else if (chunk.type !== 'message-metadata') progress.value = undefined
  }

  return {
    waiting,
    /** Of the call that the model is writing, if known. */
    writingTool,
    onChunk,
    onBroken: (isBroken: boolean) => (connection.value = isBroken ? 'reconnecting' : undefined),
    resuming: () => (connection.value = 'resuming'),
    end: () => (progress.value = connection.value = undefined),
  }
}
