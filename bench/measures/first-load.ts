/** The JavaScript that the browser loads with `/`, gzipped. */
import { get } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Response } from '@playwright/test'
import { NO_BROWSER, withPage } from '../browser'
import { info, limit } from '../result'
import type { Result } from '../result'
import { withRig } from '../rig'

const WHAT = 'JavaScript on first load, gzip'
const KILO = 1000

/** Files listed one by one. */
const LARGEST = 10

export async function firstLoad(): Promise<Result> {
  return await withRig(async (rig) => {
    const model = await rig.model()
    const server = await rig.server({ modelUrl: model.url })
    const loaded = await withPage(async (page) => {
      const scripts = new Set<string>()
      const ahead = new Set<string>()
      page.on('response', (response) => {
        const type = response.headers()['content-type'] ?? ''
        if (/javascript/.test(type)) (isRun(response) ? scripts : ahead).add(response.url())
      })
      await page.goto(server.url, { waitUntil: 'networkidle' })
      const inline = await page.locator('script:not([src])').allTextContents()
      return { scripts: [...scripts], ahead: [...ahead.difference(scripts)], inline }
    })
    if (!loaded) return { lines: [{ what: WHAT, figure: NO_BROWSER, goal: `≤ 250 kB` }], tables: [] }
    const sizes = await sizesOf(loaded.scripts)
    const ahead = await sizesOf(loaded.ahead)
    const inline = gzipSync(loaded.inline.join('\n')).length
    const total = inline + sum(sizes)
    sizes.sort((a, b) => b.bytes - a.bytes)
    return {
      lines: [
        limit(WHAT, total / KILO, 250, 'kB'),
        info('JavaScript fetched ahead of its use, gzip', sum(ahead) / KILO, 'kB'),
      ],
      tables: [
        {
          title: `The largest of the first load’s ${sizes.length} files`,
          columns: ['file', 'gzip, kB'],
          rows: sizes
            .slice(0, LARGEST)
            .map(({ url, bytes }) => [`\`${new URL(url).pathname}\``, (bytes / KILO).toFixed(1)]),
        },
      ],
    }
  })
}

interface File {
  url: string
  bytes: number
}

function sum(files: File[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0)
}

/** Excludes `<link rel="prefetch">`. */
function isRun(response: Response): boolean {
  return response.request().resourceType() === 'script'
}

async function sizesOf(urls: string[]): Promise<File[]> {
  return await Promise.all(urls.map(async (url) => ({ url, bytes: await gzipBytes(url) })))
}

/** Size of a response body on the wire, in bytes. */
async function gzipBytes(url: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (piece: Buffer) => (bytes += piece.length))
      response.once('error', reject)
      response.once('end', () => resolve(bytes))
    })
    request.once('error', reject)
  })
}
