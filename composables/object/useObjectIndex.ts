/** The objects that a conversation's results contain, for the names in its texts. */
import type { InjectionKey, MaybeRefOrGetter, Ref } from 'vue'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { indexObjects, type ObjectIndex } from '../../utils/object/objectIndex'
import { OBJECT_ATTRIBUTE } from '../../utils/object/linkNames'
import { rowAction } from '../../utils/object/rowActions'

const EMPTY: ObjectIndex = { byName: new Map(), byKey: new Map() }
const provided: InjectionKey<Readonly<Ref<ObjectIndex>>> = Symbol('objectIndex')

/** @param isBusy while an answer is written, the index stays: each word would build it again */
export function provideObjectIndex(
  messages: MaybeRefOrGetter<readonly AppUIMessage[]>,
  isBusy: MaybeRefOrGetter<boolean>,
): void {
  const index = shallowRef(EMPTY)
  watchEffect(() => {
    if (!toValue(isBusy)) index.value = indexObjects(toValue(messages))
  })
  provide(provided, index)
}

/** The index, and the listeners for an element that holds linked names. */
export function useObjectNames() {
  const index = inject(provided, () => shallowRef(EMPTY), true)
  const store = useObjectStore()

  function named({ target }: Event) {
    const button = target instanceof Element ? target.closest<HTMLElement>(`[${OBJECT_ATTRIBUTE}]`) : null
    const object = index.value.byKey.get(button?.getAttribute(OBJECT_ATTRIBUTE) ?? '')
    return button && object ? { button, object } : undefined
  }
  function click(event: MouseEvent): void {
    const found = named(event)
    if (found) store.open(found.object)
  }
  function keydown(event: KeyboardEvent): void {
    const [found, action] = [named(event), rowAction(event)]
    if (!found || action === undefined) return
    event.preventDefault()
    store.act(action, found.object, found.button)
  }
  return { index, listeners: { click, keydown } }
}
