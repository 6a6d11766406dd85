/** The object panel: its object, the pinned ones and those to compare. */
import { useMediaQuery } from '@vueuse/core'
import { objectKey, type ObjectRef } from '../utils/object/objectRef'
import type { ObjectTab } from '../utils/object/objectReads'
import { returnFocus } from '../utils/object/returnFocus'
import type { RowAction } from '../utils/object/rowActions'

/** Pinned objects kept at most; the oldest goes. */
const MAX_PINS = 8

export const useObjectStore = defineStore('objects', () => {
  const object = shallowRef<ObjectRef>()
  const tab = ref<ObjectTab>('overview')
  const pins = shallowRef<ObjectRef[]>([])
  /** The first of two to compare, until the second is chosen. */
  const first = shallowRef<ObjectRef>()
  /** Shown beside `object` as a difference. */
  const other = shallowRef<ObjectRef>()
  /** The row menu, and the element that it belongs to. */
  const menu = shallowRef<{ object: ObjectRef; at: HTMLElement }>()
  /** Something of it is to be drawn. */
  const isUsed = computed(() => object.value !== undefined || menu.value !== undefined || first.value !== undefined)
  /** Beside the thread; over it on a narrow page. */
  const isBeside = useMediaQuery('(min-width: 68.75rem)')
  /** How often the panel was asked to take the focus. */
  const focused = ref(0)
  let opener: HTMLElement | undefined

  /** @param from gets the focus back when the panel is closed; by default the element that has it */
  function open(next: ObjectRef, at: ObjectTab = 'overview', from: Element | null = document.activeElement): void {
    if (from instanceof HTMLElement && !from.closest('[data-layer]')) opener = from
    focused.value++
    other.value = undefined
    object.value = next
    tab.value = at
  }

  /** Returns the focus to the element that had it before. */
  function close(): void {
    object.value = undefined
    other.value = undefined
    const last = opener
    opener = undefined
    if (last) void returnFocus(last)
  }

  // An object belongs to its cluster.
  const clusters = useClusterStore()
  watch(
    () => clusters.current,
    (_, before) => {
      // It was not known yet.
      if (before === undefined) return
      if (object.value !== undefined) close()
      pins.value = []
      first.value = undefined
      menu.value = undefined
    },
  )

  function isPinned(each: ObjectRef): boolean {
    return pins.value.some((pin) => objectKey(pin) === objectKey(each))
  }

  function togglePin(each: ObjectRef): void {
    const rest = pins.value.filter((pin) => objectKey(pin) !== objectKey(each))
    pins.value = rest.length < pins.value.length ? rest : [...rest, each].slice(-MAX_PINS)
  }

  /** Chooses the first, or with another one shows both. */
  function compare(each: ObjectRef): void {
    const before = first.value
    if (before === undefined || objectKey(before) === objectKey(each)) {
      first.value = before === undefined ? each : undefined
      return
    }
    first.value = undefined
    open(before)
    other.value = each
  }

  /** @param at the element that the menu opens at */
  function act(action: RowAction, each: ObjectRef, at: HTMLElement): void {
    if (action === 'menu') menu.value = { object: each, at }
    else if (action === 'compare') compare(each)
    else open(each, action, at)
  }

  return {
    isUsed,
    isBeside,
    focused,
    object,
    tab,
    pins,
    first,
    other,
    menu,
    open,
    close,
    isPinned,
    togglePin,
    compare,
    act,
  }
})
