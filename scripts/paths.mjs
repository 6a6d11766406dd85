/** Where things lie. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const packages = join(root, 'node_modules')
export const serverEntry = join(root, '.output', 'server', 'index.mjs')
