/** What a turn waits for, according to the server and the connection. */
import type { UIMessageChunk } from 'ai'
import { progressSchema, type Progress } from '#shared/ui-message'

export type TurnWait = Progress['state'] | 'reconnecting' | 'resuming'

export function useTurnWaiting() {
  const progress = ref<Progress['state']>()
  const connection = ref<'reconnecting' | 'resuming'>()
  const waiting = computed<TurnWait | undefined>(() => connection.value ?? progress.value)

  /** Any later chunk ends the wait, except those about the turn itself. */
  function onChunk(chunk: UIMessageChunk): void {
    connection.value = undefined
    if (chunk.type === 'data-progress') progress.value = progressSchema.safeParse(chunk.data).data?.state
    else if (chunk.type !== 'message-metadata') progress.value = undefined
  }

  return {
    waiting,
    onChunk,
    onBroken: (isBroken: boolean) => (connection.value = isBroken ? 'reconnecting' : undefined),
    resuming: () => (connection.value = 'resuming'),
    end: () => (progress.value = connection.value = undefined),
  }
}
