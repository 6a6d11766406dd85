/** Keys on the name of a row: what they show, and moving between rows. */
import type { ObjectTab } from './objectReads'
import { ROW_ATTRIBUTE } from './returnFocus'

export type RowAction = ObjectTab | 'compare' | 'menu'

const ACTIONS: Readonly<Record<string, RowAction>> = {
  l: 'logs',
  e: 'events',
  y: 'yaml',
  w: 'why',
  c: 'compare',
  m: 'menu',
  ContextMenu: 'menu',
}

/** For `aria-keyshortcuts`. */
export const ROW_KEYS = 'L E Y W C M ArrowUp ArrowDown'

/** @returns undefined for other keys, and with a modifier, which is the browser's */
export function rowAction({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): RowAction | undefined {
  if (ctrlKey || metaKey || altKey || isComposing) return undefined
  return ACTIONS[key.length === 1 ? key.toLowerCase() : key]
}

const NAME = `[${ROW_ATTRIBUTE}]`

/**
 * Moves the focus between the rows of a table or list, and takes the other rows out of the way of Tab.
 * @returns whether the key was one that moves
 */
export function moveBetweenRows(event: KeyboardEvent): boolean {
  const { currentTarget: name, key } = event
  if (!(name instanceof HTMLElement)) return false
  const names = [...(name.closest('table, ul')?.querySelectorAll<HTMLElement>(NAME) ?? [])]
  const at = names.indexOf(name)
  if (key === 'Tab') {
    skipUntilTabbed(names.filter((other) => other !== name))
    return false
  }
  const next = { ArrowDown: names[at + 1], ArrowUp: names[at - 1], Home: names[0], End: names.at(-1) }[key]
  next?.focus()
  return next !== undefined
}

/** One Tab leaves the rows, as it leaves a toolbar. */
function skipUntilTabbed(names: readonly HTMLElement[]): void {
  for (const name of names) name.tabIndex = -1
  setTimeout(() => {
    for (const name of names) name.removeAttribute('tabindex')
  })
}
