/** Finds what a page shows in English. */
import type { Page } from '@playwright/test'
import { englishSentence } from '../../unit/i18n/english-sentence'

/**
 * English sentences in the page's text and in the names of its controls, outside of code and of elements marked as
 * English.
 * @param quoted words of the model server, the cluster or the test itself, which stay as they are
 */
export async function englishOn(page: Page, quoted: readonly string[] = []): Promise<string[]> {
  const { language, texts } = await page.evaluate(() => {
    const isLeftOut = (element: Element | null) =>
      element?.closest('[lang="en"], code, pre, script, style, svg, [data-testid="message-user"]') !== null
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement && !isLeftOut(parentElement)) found.push(textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (isLeftOut(element)) continue
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    }
    return { language: document.documentElement.lang, texts: [document.title, ...found] }
  })
  return texts.flatMap((text) => {
    const own = quoted.reduce((rest, words) => rest.replaceAll(words, '·'), text.replace(/\s+/g, ' '))
    return englishSentence(own, language) ?? []
  })
}
