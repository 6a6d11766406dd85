/** Builds the application into .output, when its sources changed since the last time. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { buildMcp } from './build-mcp.mjs'
import { nodeBinary } from './node.mjs'
import { packages, root, serverEntry } from './paths.mjs'
import { Problem, runQuietly, toolEnv } from './run.mjs'

const stamp = join(root, '.output', 'sources.sha256')

/** What lies at the top and is no part of the build; all else is, so that a new folder needs no word here. */
const NO_SOURCE = new Set([
  'node_modules',
  'mcp',
  'tests',
  'scripts',
  'deploy',
  'docs',
  'dist',
  'coverage',
  'test-results',
  'playwright-report',
  'eslint.config.mjs',
  'playwright.config.ts',
  'vitest.config.ts',
])

/** The part of mcp/ that the application's server imports. */
const SHARED_WITH_MCP = [
  ...['connection/kubeconfig', 'connection/private-folder', 'errors/errors', 'errors/refusals'].map(
    (file) => `kubernetes/${file}.ts`,
  ),
  'changes/manifest.ts',
  ...readdirSync(join(root, 'mcp', 'changes', 'manifest')).map((file) => `changes/manifest/${file}`),
].map((file) => join(root, 'mcp', file))

/**
 * @throws Problem where the build fails
 */
export async function buildApp() {
  await buildNuxt()
  // Nuxt empties .output, so that this comes after it.
  await buildMcp()
}

/** @throws Problem where the build fails */
async function buildNuxt() {
  const sources = hashSources(root) + SHARED_WITH_MCP.map((file) => sha256(readFileSync(file))).join('')
  if (existsSync(serverEntry) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('Building (about a minute) …')
  const started = Date.now()
  // Without its stamp a build that is broken off is not taken for a good one.
  rmSync(stamp, { force: true })
  // A test runner that calls us says that this is a test, which Nuxt would believe.
  const env = { ...toolEnv(), NODE_ENV: 'production', TEST: undefined, VITEST: undefined }
  const code = await runQuietly(nodeBinary(), [join(packages, 'nuxt', 'bin', 'nuxt.mjs'), 'build'], env)
  if (code !== 0) throw new Problem(`The build failed (exit code ${code}): see its words above.`)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
  console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * A hash of the names and contents of all sources: a checkout, a copy or a touched file does not change it.
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

/** @param {Buffer} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
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
  return files.sort()
}
