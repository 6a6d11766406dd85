/** The files of the Rancher extension, as Rancher's `UIPlugin` controller fetches them. */
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface ExtensionFile {
  contentType: string
  body: Buffer
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** A relative path that stays in its folder. Rancher refuses names that begin with `/`, `\` or `.`. */
const NAME = /^plugin\/[\w@-][\w@.-]*(\/[\w@-][\w@.-]*)*$/

/**
 * Reads the files that `files.txt` names. Rancher does not check the status of each file and would keep an error page
 * as JavaScript, so all of them must be there.
 * @returns by path, e.g. `/plugin/package.json`
 * @throws Error if a file is missing, or is named outside of `plugin/`
 */
export function readExtension(folder: string): ReadonlyMap<string, ExtensionFile> {
  const names = readFileSync(join(folder, 'files.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const wrong = names.find((name) => !NAME.test(name))
  if (wrong !== undefined) throw new Error(`files.txt names ${JSON.stringify(wrong)}, which is not a file of plugin/`)
  const files = new Set(['files.txt', 'plugin/package.json', ...names])
  return new Map(
    [...files].map((name) => [
      `/${name}`,
      { contentType: TYPES[extname(name)] ?? 'application/octet-stream', body: readFileSync(join(folder, name)) },
    ]),
  )
}
