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
  // On a slow machine the page loads parts for later before the network is idle.
  const later = await page.evaluate(() => {
    const [start] = performance.getEntriesByName('load-ahead')
    const resources = start ? performance.getEntriesByType('resource') : []
    return resources.flatMap(({ name, startTime }) => (start && startTime >= start.startTime ? [name] : []))
  })
  for (const script of later) scripts.delete(script)
  const sizes = (await Promise.all(scripts.values())).map((body) => gzipSync(body).length)
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
  expect(scripts.size).toBeGreaterThan(5)
  expect(kilobytes).toBeLessThanOrEqual(MOST_KB)
})
