/** Opens the built server's page in Chromium. */
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'

/**
 * A signal ends this process, and the browser with it.
 * @returns undefined if no browser is installed
 */
export async function withPage<T>(use: (page: Page) => Promise<T>): Promise<T | undefined> {
  const executablePath = findBrowser()
  if (!executablePath) return undefined
  const signals = { handleSIGINT: false, handleSIGTERM: false }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], ...signals })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    return await use(await context.newPage())
  } finally {
    await browser.close()
  }
}

export const NO_BROWSER = 'skipped: there is no Chromium or Chrome'
