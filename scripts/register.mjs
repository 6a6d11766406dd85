/**
 * Lets plain Node run this project's TypeScript: its imports have no extension, `#shared` is a folder of it, and JSON
 * needs no import attribute. Loaded by `node --import`, e.g. in every process of the benchmark and in `npm run audit`.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const shared = new URL('../shared/', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    const found = next(urlOf(specifier, context.parentURL) ?? specifier, context)
    return found.url.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found
  },
})

/**
 * @param {string} specifier
 * @param {string | undefined} parent URL of the importing module
 * @returns {string | undefined} undefined for packages and complete paths
 */
function urlOf(specifier, parent) {
  if (specifier.startsWith('#shared/')) return new URL(`${specifier.slice(8)}.ts`, shared).href
  if (!specifier.startsWith('.') || !parent) return undefined
  const bare = new URL(specifier, parent).href
  return [`${bare}.ts`, `${bare}/index.ts`].find((url) => existsSync(fileURLToPath(url)))
}
