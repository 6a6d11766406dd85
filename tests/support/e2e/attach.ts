/** Gives the prompt a text by the clipboard or as a file. */
import type { Page } from '@playwright/test'

export async function paste(page: Page, text: string): Promise<void> {
  await page.getByTestId('prompt').evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

export async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.getByTestId('prompt').evaluate(
    (element, file) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([file.text], file.name, { type: 'text/plain' }))
      element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    { name, text },
  )
}
