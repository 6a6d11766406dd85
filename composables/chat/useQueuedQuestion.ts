/** A question that was asked while an answer ran: it waits for the answer's end, and for approvals. */
import type { MaybeRefOrGetter, Ref } from 'vue'

/** @param queued the text that waits, kept by the caller; empty if there is none */
export function useQueuedQuestion(
  queued: Ref<string>,
  mayBeSent: MaybeRefOrGetter<boolean>,
  send: (text: string) => Promise<boolean>,
) {
  watch(
    () => toValue(mayBeSent) && queued.value !== '',
    async (isDue) => {
      if (!isDue) return
      const text = queued.value
      queued.value = ''
      // Nothing is lost if the conversation does not take it.
      if (!(await send(text))) queued.value = text
    },
  )

  /** Adds to what waits already. */
  function queue(text: string): void {
    queued.value = queued.value === '' ? text : `${queued.value}\n${text}`
  }

  /** @returns the waiting text, which then no longer waits */
  function take(): string {
    const text = queued.value
    queued.value = ''
    return text
  }

  return { queue, take }
}
