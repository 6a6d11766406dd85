/** Hashes of sources, to decide about rebuilds. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Top-level names outside the application's build. A new folder belongs to it unless listed here. */
const NO_SOURCE = new Set([
  'node_modules',
  'mcp',
  'tests',
  'bench',
  'scripts',
  'deploy',
  'docs',
  'dist',
  'coverage',
  'test-results',
  'playwright-report',
  'eslint.config.mjs',
  'knip.json',
  'renovate.json',
  'playwright.config.ts',
  'vitest.config.ts',
])

/** A command beside the product, in the folder of its packages. */
const EVALUATION = join('packages', 'eval') + sep

/**
 * A hash of the names and contents of all sources, independent of checkout, copy and file times.
 * @param {string} folder
 */
export function hashSources(folder) {
  const hash = createHash('sha256')
  for (const path of sourceFiles(folder)) {
    const content = readFileSync(join(folder, path))
    hash.update(`${path.split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param {readonly string[]} paths of files */
export function hashFiles(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(readFileSync(path))
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]} paths relative to it, sorted
 */
function sourceFiles(folder) {
  const files = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name.endsWith('.md') || NO_SOURCE.has(entry.name)) continue
    if (entry.isFile()) files.push(entry.name)
    if (!entry.isDirectory()) continue
    const inside = readdirSync(join(folder, entry.name), { recursive: true, withFileTypes: true })
    for (const file of inside)
      if (file.isFile()) files.push(relative(folder, join(file.parentPath ?? file.path, file.name)))
  }
  return files.filter((path) => !path.startsWith(EVALUATION)).sort()
}
