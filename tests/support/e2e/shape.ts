/** Whether buttons can be seen: in forced colours an icon without a colour disappears. */
import type { Locator, Page } from '@playwright/test'

/**
 * @param within the part of the page that is looked at
 * @returns the beginning of the HTML of each button in sight that has no two colours of a contrast of 3:1
 */
export async function shapelessButtons(page: Page, within: Page | Locator = page): Promise<string[]> {
  const found: string[] = []
  for (const button of await within.getByRole('button').all()) {
    // The skip link is there for the focus alone.
    if (!(await button.isVisible()) || (await button.getAttribute('data-testid')) === 'skip') continue
    const picture = await button.screenshot()
    if (!(await hasShape(page, picture))) found.push(await button.evaluate(({ outerHTML }) => outerHTML.slice(0, 160)))
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

/** Whether a picture has two colours with a contrast of at least 3:1. */
async function hasShape(page: Page, picture: Buffer): Promise<boolean> {
  return await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    const linear = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
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
  }, picture.toString('base64'))
}
