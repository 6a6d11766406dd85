/** The name of an object in a result: a press opens the object's panel. A function, since long tables draw hundreds. */
import { h, type FunctionalComponent } from 'vue'
import { addEnglishTexts } from '../../composables/ui/useText'
import texts from '../../i18n/locales/en/ui/objects.json'
import { objectKey, type ObjectRef } from '../../utils/object/objectRef'
import { ROW_ATTRIBUTE } from '../../utils/object/returnFocus'
import { moveBetweenRows, ROW_KEYS, rowAction } from '../../utils/object/rowActions'

interface NameProps {
  object: ObjectRef
  text: string
  /** True for the object that the row is about: with keys and a menu. */
  isRow?: boolean
}

addEnglishTexts(texts)

const LINK = 'max-w-[100ch] truncate text-start underline-offset-2 hover:underline focus-visible:underline'
const ROW = 'max-w-[100ch] truncate text-start underline decoration-dotted underline-offset-3 hover:decoration-solid'

const ObjectName: FunctionalComponent<NameProps> = ({ object, text, isRow = false }, { slots }) => {
  const store = useObjectStore()
  const onClick = () => store.open(object)
  if (!isRow) return h('button', { type: 'button', class: LINK, onClick }, text)
  const onKeydown = (event: KeyboardEvent): void => {
    const action = rowAction(event)
    if (action && event.currentTarget instanceof HTMLElement) store.act(action, object, event.currentTarget)
    if (action !== undefined || moveBetweenRows(event)) event.preventDefault()
  }
  const onMenu = ({ currentTarget }: MouseEvent): void => {
    if (currentTarget instanceof HTMLElement) store.act('menu', object, currentTarget)
  }
  const { t } = useText()
  return h('span', { class: 'flex min-w-0 items-center gap-1.5' }, [
    h(
      'button',
      {
        type: 'button',
        class: ROW,
        'aria-keyshortcuts': ROW_KEYS,
        [ROW_ATTRIBUTE]: objectKey(object),
        'data-testid': 'object-name',
        onClick,
        onKeydown,
      },
      text,
    ),
    h(
      'button',
      {
        type: 'button',
        // Reached by the key M on the name.
        tabindex: -1,
        class: 'shrink-0 rounded-sm px-0.5 text-muted select-none hover:text-highlighted',
        'aria-label': t('object.menu', { name: text }),
        'aria-haspopup': 'menu',
        'data-testid': 'object-menu',
        onClick: onMenu,
      },
      '⋯',
    ),
    slots.default?.(),
  ])
}
ObjectName.props = { object: { type: Object, required: true }, text: { type: String, required: true }, isRow: Boolean }

export default ObjectName
