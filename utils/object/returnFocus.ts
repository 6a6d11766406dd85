/** Focus that returns to a row, whose table may be drawn in another way since. */
import { nextTick } from 'vue'

/** Carries the key of the row's object. */
export const ROW_ATTRIBUTE = 'data-row-name'

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** @param opener the element that had the focus; a name with the same object replaces it if it is gone */
export async function returnFocus(opener: HTMLElement): Promise<void> {
  const key = opener.getAttribute(ROW_ATTRIBUTE)
  await nextTick()
  focusRow(opener, key)
  // The wider thread may draw its tables as grids again, a frame later.
  await frame()
  await frame()
  if (document.activeElement === document.body) focusRow(opener, key)
}

function focusRow(opener: HTMLElement, key: string | null): void {
  const same = key === null ? null : document.querySelector<HTMLElement>(`[${ROW_ATTRIBUTE}="${CSS.escape(key)}"]`)
  const target = opener.isConnected ? opener : same
  target?.focus()
}
