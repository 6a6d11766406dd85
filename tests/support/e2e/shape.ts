/** Whether buttons can be seen: in forced colours an icon without a colour disappears. */
import type { ElementHandle, Locator, Page } from '@playwright/test'

type Button = ElementHandle<SVGElement | HTMLElement>

/** In CSS pixels from the picture's top left corner; undefined is all of it. */
type Area = { x: number; y: number; width: number; height: number } | undefined

/**
 * @param within the part of the page that is looked at
 * @returns the beginning of the HTML of each button in sight that has no two colours of a contrast of 3:1
 */
export async function shapelessButtons(page: Page, within: Page | Locator = page): Promise<string[]> {
  const found: string[] = []
  let left: Button[] = []
  for (const each of await within.getByRole('button').all()) {
    // The skip link is there for the focus alone.
    if (!(await each.isVisible()) || (await each.getAttribute('data-testid')) === 'skip') continue
    const button = await each.elementHandle()
    if (button) left.push(button)
  }
  while (left[0]) {
    const { shown, hidden } = await picturesOf(page, left)
    for (const { button, hasShape } of shown)
      if (!hasShape) found.push(await button.evaluate(({ outerHTML }) => outerHTML.slice(0, 160)))
    left = hidden
  }
  return found
}

/** Whether an element is drawn with a border or an outline. */
export async function hasFrame(element: Locator): Promise<boolean> {
  return await element.evaluate((each) => {
    const { borderTopStyle, borderTopWidth, outlineStyle, outlineWidth } = getComputedStyle(each)
    const isDrawn = (style: string, width: string) => style !== 'none' && parseFloat(width) > 0
    return isDrawn(borderTopStyle, borderTopWidth) || isDrawn(outlineStyle, outlineWidth)
  })
}

/** Scrolls to the first button and looks at all that one picture of the page shows, but at least at the first. */
async function picturesOf(page: Page, buttons: Button[]) {
  const [first] = buttons
  await first?.scrollIntoViewIfNeeded()
  const areas = await areasInSight(page, buttons)
  const shown = buttons.filter((_, at) => areas[at])
  if (first && !shown.includes(first)) {
    const [hasShape = false] = await shapesIn(page, await first.screenshot(), [undefined])
    return { shown: [{ button: first, hasShape }], hidden: buttons.slice(1) }
  }
  const shapes = await shapesIn(page, await page.screenshot(), areas.filter(Boolean))
  return {
    shown: shown.map((button, at) => ({ button, hasShape: shapes[at] ?? false })),
    hidden: buttons.filter((_, at) => !areas[at]),
  }
}

/** The area of each button on the screen; undefined if a part of it is outside or covered. */
async function areasInSight(page: Page, buttons: Button[]): Promise<Area[]> {
  return await page.evaluate(
    (all) =>
      all.map((button) => {
        const { x, y, width, height } = button.getBoundingClientRect()
        const points = [
          [width / 2, height / 2],
          [1, height / 2],
          [width - 1, height / 2],
          [width / 2, 1],
          [width / 2, height - 1],
        ] as const
        const isSeen = points.every(([right, down]) => button.contains(document.elementFromPoint(x + right, y + down)))
        return isSeen ? { x, y, width, height } : undefined
      }),
    buttons,
  )
}

/** Whether each area of a picture has two colours with a contrast of at least 3:1. */
async function shapesIn(page: Page, picture: Buffer, areas: Area[]): Promise<boolean[]> {
  return await page.evaluate(
    async ({ base64, areas }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(bitmap, 0, 0)
      const linear = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      return areas.map((area) => {
        const { x, y, width, height } = area ?? { x: 0, y: 0, width: bitmap.width, height: bitmap.height }
        // Whole pixels, so that none of a neighbour counts.
        const [left, top] = [Math.ceil(x), Math.ceil(y)]
        const { data } = context.getImageData(left, top, Math.floor(x + width) - left, Math.floor(y + height) - top)
        let [least, most] = [1, 0]
        for (let at = 0; at < data.length; at += 4) {
          const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]].map((part) =>
            linear((part ?? 0) / 255),
          )
          const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
          least = Math.min(least, luminance)
          most = Math.max(most, luminance)
        }
        return (most + 0.05) / (least + 0.05) >= 3
      })
    },
    { base64: picture.toString('base64'), areas },
  )
}
