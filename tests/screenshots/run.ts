/** `npm run screenshots`: the pictures in docs/screenshots, of the cluster of TEST_KUBECONFIG or the demo's. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/browser.mjs'
import { root } from '../../scripts/paths.mjs'
import { startApp, testKubeconfig } from '../support/app'
import { startReplayServer } from '../support/ollama'
import { SCENES } from './scenes'

/** Lazily loaded parts and transitions, in milliseconds. */
const SETTLED_MS = 1500

const folder = join(root, 'docs', 'screenshots')
mkdirSync(folder, { recursive: true })
const replay = await startReplayServer({ contextLength: 32_768 })
const app = await startApp({
  OLLAMA_BASE_URL: replay.url,
  ACCESS_MODE: 'approve',
  ...(testKubeconfig && { KUBECONFIG: testKubeconfig }),
})
const executablePath = findBrowser()
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
try {
  for (const { name, width, height, colorScheme = 'light', locale = 'en-GB', prepare } of SCENES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale })
    await page.goto(app.url)
    await prepare(page, replay)
    await page.mouse.move(0, 0)
    await page.waitForTimeout(SETTLED_MS)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await page.close()
    console.log(name)
  }
} finally {
  await browser.close()
  await app.stop()
  await replay.close()
}
