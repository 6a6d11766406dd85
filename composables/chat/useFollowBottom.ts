/**
 * Keeps the end of the newest answer in sight until the person scrolls away. Watches sizes instead of content: a lazily
 * loaded viewer grows later.
 */
import { useEventListener, useResizeObserver } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

/** Distance between the end and the edge of the view, in pixels. */
const MARGIN = 16
/** Distance from the end that still counts as the end, in pixels. */
const NEAR = 64
/** A scroll so soon after a person's input is theirs. In milliseconds. */
const INTENT = 400

function scrollParent(element: HTMLElement): HTMLElement {
  let parent = element.parentElement
  while (parent && !/auto|scroll/.test(getComputedStyle(parent).overflowY)) parent = parent.parentElement
  return parent ?? document.documentElement
}

interface Followed {
  /** The newest answer ends at its bottom; at the list's own without one. */
  end?: Element | undefined
  /** Stays in sight although the end is then below the view. */
  start?: Element | undefined
}

/**
 * @param isGrowing the end is followed while true, and then until the person does something in the list
 */
export function useFollowBottom(
  list: MaybeRefOrGetter<HTMLElement | null | undefined>,
  followed: () => Followed,
  isGrowing: MaybeRefOrGetter<boolean>,
) {
  const scroller = shallowRef<HTMLElement>()
  /** True while the end is out of sight. */
  const isAway = ref(false)
  let isFollowing = true
  let touchedAt = 0

  /** How far the end is below the view; negative above it. In pixels. */
  function distance(view: HTMLElement): number {
    const { end, start } = followed()
    const frame = view.getBoundingClientRect()
    if (!end) {
      const below = view.scrollHeight - view.scrollTop - view.clientHeight
      return start ? Math.min(below, start.getBoundingClientRect().top - frame.top) : below
    }
    const { bottom } = end.getBoundingClientRect()
    if (bottom > frame.bottom - MARGIN) return bottom - frame.bottom + MARGIN
    return Math.min(0, bottom - frame.top - MARGIN)
  }

  function look(): void {
    if (scroller.value) isAway.value = Math.abs(distance(scroller.value)) > NEAR
  }

  function onScroll(): void {
    look()
    if (toValue(isGrowing)) isFollowing = !isAway.value || (isFollowing && Date.now() - touchedAt > INTENT)
  }

  /** A part that is opened or filtered after an answer must not move under the pointer. */
  function onInput(): void {
    touchedAt = Date.now()
    if (!toValue(isGrowing)) isFollowing = false
  }

  /** Scrolls to the end and follows it. */
  function toEnd(): void {
    isFollowing = true
    if (scroller.value) scroller.value.scrollTop += distance(scroller.value)
    look()
  }

  useResizeObserver(
    () => toValue(list),
    () => {
      if (isFollowing) toEnd()
      else look()
    },
  )
  useEventListener(scroller, 'scroll', onScroll, { passive: true })
  for (const input of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const)
    useEventListener(scroller, input, onInput, { passive: true })
  watch(
    () => toValue(isGrowing),
    (growing) => {
      // A sent question scrolls into view from any position.
      if (growing) isFollowing = true
    },
  )
  onMounted(() => {
    const element = toValue(list)
    if (!element) return
    scroller.value = scrollParent(element)
    toEnd()
  })

  return { toEnd, isAway: readonly(isAway) }
}
