/** Which controls the keyboard reaches. */
import type { Locator } from '@playwright/test'

/** Presses of Tab after which a part of the page without a round is given up. */
const MOST_TABS = 300

/**
 * Presses Tab through a part of the page, from its first control until the focus comes round or leaves the part.
 * Items of lists, tabs and menus, and the names of a table's other rows, are not counted: the arrows reach them once
 * their group has the focus. Nor is a row's menu: its name announces a key for it.
 * @returns the beginning of the HTML of each control in sight that had no focus on the way
 */
export async function unreached(within: Locator): Promise<string[]> {
  const page = within.page()
  const left = await within.evaluateHandle((part) => {
    const controls =
      'a[href], button, input, select, textarea, summary, [role="button"], [role="switch"], [tabindex="0"]'
    const byArrows = [
      ...['[role="tablist"]', '[role="tab"]', '[role="option"]', '[role="radio"]', '[role^="menuitem"]'],
      ...['[aria-keyshortcuts~="ArrowDown"]', '[aria-keyshortcuts~="M"] ~ [aria-haspopup="menu"]'],
    ].join()
    const isInSight = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    }
    const all = [...part.querySelectorAll<HTMLElement>(controls)].filter(
      (element) =>
        isInSight(element) && !element.matches(`:disabled, ${byArrows}`) && !element.closest('[inert], [aria-hidden]'),
    )
    const open = new Set<Element>(all)
    part.addEventListener('focusin', ({ target }) => target instanceof Element && open.delete(target))
    all.find((element) => element.tabIndex >= 0)?.focus()
    if (document.activeElement) open.delete(document.activeElement)
    return open
  })
  const first = await page.evaluateHandle(() => document.activeElement)
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    const isDone = await within.evaluate(
      (part, start) => document.activeElement === start || !part.contains(document.activeElement),
      first,
    )
    if (isDone) break
  }
  return await left.evaluate((open) =>
    [...open].filter((element) => element.isConnected).map(({ outerHTML }) => outerHTML.slice(0, 160)),
  )
}
