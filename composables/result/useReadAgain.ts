/**
 * Reads a result again without the model: on demand, and live while it is in sight on a visible page. It stops at the
 * first error.
 */
import { useDocumentVisibility, useElementVisibility, useTimeoutFn } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'
import type { ResultPart } from '#shared/result'
import type { ReadCall } from '#shared/commands/command-list'
import { readCluster, ReadTooOftenError } from '../../utils/read/readCluster'
import { readFailure } from '../../utils/read/readFailure'
import { paceAfterRead, paceAfterRefusal, START_PACE } from '../../utils/result/pace'
import { isSameThing } from '../../utils/result/readAgain'

interface Options {
  call: MaybeRefOrGetter<ReadCall>
  /** The result as shown. */
  current: MaybeRefOrGetter<ResultPart>
  /** Whether it starts live. */
  startsLive: boolean
  /** Live only while this is in sight. */
  element: MaybeRefOrGetter<HTMLElement | null>
  onRead: (result: ResultPart) => void
}

export function useReadAgain({ call, current, startsLive, element, onRead }: Options) {
  const { t, say } = useText()
  const isLive = ref(startsLive)
  const isReading = ref(false)
  /** Why the last read failed. */
  const problem = ref('')
  /** True while the server asks for fewer reads. */
  const isSlow = ref(false)

  let pace = START_PACE
  let lastRead = performance.now()
  let reading: AbortController | undefined
  let isGone = false
  const isInSight = useElementVisibility(element)
  const visibility = useDocumentVisibility()
  const isRunning = computed(() => isLive.value && isInSight.value && visibility.value === 'visible')
  const timer = useTimeoutFn(read, () => pace.wait, { immediate: false })

  async function read(): Promise<void> {
    if (isReading.value) return
    timer.stop()
    isReading.value = true
    const controller = (reading = new AbortController())
    const started = performance.now()
    try {
      const result = await readCluster(toValue(call), { signal: controller.signal })
      if (!isSameThing(toValue(current), result)) return stop(t('table.otherCluster'))
      pace = paceAfterRead(performance.now() - started)
      problem.value = ''
      isSlow.value = false
      onRead(result)
    } catch (error) {
      if (controller.signal.aborted) return
      if (!(error instanceof ReadTooOftenError)) return stop(readFailure(error, t, say))
      pace = paceAfterRefusal(pace, error.seconds)
      isSlow.value = true
    } finally {
      isReading.value = false
      lastRead = performance.now()
      if (isRunning.value && !isGone) timer.start()
    }
  }

  function stop(reason: string): void {
    problem.value = reason
    isLive.value = false
  }

  function toggleLive(): void {
    isLive.value = !isLive.value
    problem.value = ''
    if (isLive.value) void read()
  }

  watch(isRunning, (running) => {
    if (!running) timer.stop()
    else if (performance.now() - lastRead > pace.wait) void read()
    else timer.start()
  })
  onUnmounted(() => {
    isGone = true
    reading?.abort()
  })

  return { isLive, isReading, isSlow, problem, read, toggleLive }
}
