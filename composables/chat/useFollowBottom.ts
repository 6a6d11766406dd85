/**
 * Keeps the end of a growing list visible until the user scrolls up. Watches its size instead of its content: a lazily
 * loaded viewer grows later.
 */
import { useEventListener, useResizeObserver } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

/** Distance from the end that still counts as the end, in pixels. */
const near = 64
/** How long to follow after the list was shown or written, for lazy content. In milliseconds. */
const grace = 1500

function scrollParent(element: HTMLElement): HTMLElement {
  let parent = element.parentElement
  while (parent && !/auto|scroll/.test(getComputedStyle(parent).overflowY)) parent = parent.parentElement
  return parent ?? document.documentElement
}

/** @param isGrowing the end is followed while true and for a moment after */
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

  /** Scrolls to the end and follows it. */
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
      // A sent question scrolls into view from any position.
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
