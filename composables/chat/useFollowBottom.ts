/**
 * Keeps the end of a growing list in sight while it is written, and yields to a person who scrolls up.
 * Growth is followed by its size, not by its changes: a viewer that is loaded late grows after the last of them.
 */
import { useEventListener, useResizeObserver } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

/** How far from the end still counts as the end, in pixels. */
const near = 64
/** How long the list is followed after it was shown or written, in milliseconds: for what is loaded late. */
const grace = 1500

function scrollParent(element: HTMLElement): HTMLElement {
  let parent = element.parentElement
  while (parent && !/auto|scroll/.test(getComputedStyle(parent).overflowY)) parent = parent.parentElement
  return parent ?? document.documentElement
}

/** @param isGrowing while it is true, and for a moment after, the end is followed */
export function useFollowBottom(list: MaybeRefOrGetter<HTMLElement | undefined>, isGrowing: MaybeRefOrGetter<boolean>) {
  const scroller = shallowRef<HTMLElement>()
  let isFollowing = true
  let lastTop = 0
  let until = 0

  function onScroll(): void {
    if (!scroller.value) return
    const { scrollTop, clientHeight, scrollHeight } = scroller.value
    if (scrollHeight - scrollTop - clientHeight < near) isFollowing = true
    else if (scrollTop < lastTop) isFollowing = false
    lastTop = scrollTop
  }

  /** Goes to the end at once, and follows it from there. */
  function toEnd(): void {
    isFollowing = true
    if (scroller.value) scroller.value.scrollTop = scroller.value.scrollHeight
  }

  useResizeObserver(
    () => toValue(list),
    () => {
      if (isFollowing && (toValue(isGrowing) || Date.now() < until)) toEnd()
    },
  )
  useEventListener(scroller, 'scroll', onScroll, { passive: true })
  watch(
    () => toValue(isGrowing),
    (growing) => {
      // A question that is sent is wanted in sight, wherever one was reading.
      if (growing) isFollowing = true
      until = Date.now() + grace
    },
  )
  onMounted(() => {
    const element = toValue(list)
    if (!element) return
    scroller.value = scrollParent(element)
    until = Date.now() + grace
  })

  return { toEnd }
}
