/** Reads a changed workload again until its pods are ready, or until a deadline. */
import { useTimeoutFn } from '@vueuse/core'
import type { OutcomeResult } from '#shared/result'
import { serverNow } from '../../utils/connection/serverClock'
import { readCluster, ReadTooOftenError } from '../../utils/read/readCluster'
import { progressCall, progressOf, type Progress } from '../../utils/result/followedChange'

const EVERY_MS = 3000
/** After the change. Slow images take minutes; a rollout has ten by default. */
const DEADLINE_MS = 10 * 60_000

export interface FollowedChange extends Progress {
  /** `following`: it is read again; `ready`: all pods are; `late`: the deadline passed; `lost`: it cannot be read. */
  state: 'following' | 'ready' | 'late' | 'lost'
  /** From the change to the last read, in milliseconds. */
  afterMs: number
}

/** @returns undefined until the first read, and for a change of long ago */
export function useFollowedChange(object: OutcomeResult['objects'][number], asOf: string) {
  const progress = shallowRef<FollowedChange>()
  const changedAt = Date.parse(asOf)
  const stop = new AbortController()
  const delay = ref(EVERY_MS)
  const { start } = useTimeoutFn(() => void read(), delay, { immediate: false })
  onScopeDispose(() => stop.abort())

  async function read(): Promise<void> {
    delay.value = EVERY_MS
    try {
      const now = progressOf(await readCluster(progressCall(object), { signal: stop.signal }))
      if (!now) return end('lost')
      const afterMs = Math.max(0, serverNow() - changedAt)
      if (now.verdict === 'ok') progress.value = { ...now, state: 'ready', afterMs }
      else if (afterMs > DEADLINE_MS) progress.value = { ...now, state: 'late', afterMs }
      else {
        progress.value = { ...now, state: 'following', afterMs }
        start()
      }
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof ReadTooOftenError)) return end('lost')
      delay.value = error.seconds * 1000
      start()
    }
  }

  function end(state: 'lost'): void {
    if (progress.value) progress.value = { ...progress.value, state }
  }

  if (serverNow() - changedAt < DEADLINE_MS) void read()
  return progress
}
