/** Where things lie. */
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')
export const modules = join(root, 'node_modules')
export const server = join(root, '.output', 'server', 'index.mjs')
export const bin = (name) => join(modules, '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
