/**
 * Lets plain Node run the project's TypeScript, whose imports have no extension and use `#shared`. Loaded by `node
 * --import` in the benchmark and in `npm run audit`.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const shared = new URL('../shared/', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('#shared/')) return next(new URL(`${specifier.slice(8)}.ts`, shared).href, context)
    if (specifier.startsWith('.') && context.parentURL) {
      const bare = new URL(specifier, context.parentURL).href
      const found = [`${bare}.ts`, `${bare}/index.ts`].find((url) => existsSync(fileURLToPath(url)))
      if (found) return next(found, context)
    }
    return next(specifier, context)
  },
})
