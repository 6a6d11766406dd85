/** What the browser must load before the first question, which a slow connection to the cluster's network feels. */
import { gzipSync } from 'node:zlib'
import { expect, test } from '../support/e2e/fixtures'

const MOST_KB = 250

test(`the first load is at most ${MOST_KB} kB of JavaScript, gzipped`, async ({ page, scripted: { url } }) => {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    const isScript = /javascript/.test(response.headers()['content-type'] ?? '')
    // Fetched ahead of its use while the browser is idle.
    const isAhead = 'sec-purpose' in response.request().headers()
    if (isScript && !isAhead) scripts.set(response.url(), response.body())
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const sizes = (await Promise.all(scripts.values())).map((body) => gzipSync(body).length)
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
  expect(scripts.size).toBeGreaterThan(5)
  expect(kilobytes).toBeLessThanOrEqual(MOST_KB)
})
