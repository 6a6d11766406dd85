/** `npm run build`: builds the application and the MCP program into .output, if their sources have changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildMcp } from './build-mcp.mjs'
import { nodeBinary } from './node.mjs'
import { packages, root, serverEntry } from './paths.mjs'
import { main, Problem, runQuietly, toolEnv } from './run.mjs'
import { hashSources } from './sources.mjs'

const stamp = join(root, '.output', 'sources.sha256')

/** Folders of the MCP program that the application's server imports. */
const SHARED_WITH_MCP = ['kubernetes', 'changes'].map((folder) => join(root, 'mcp', folder))

/** @throws Problem if the build fails */
export async function buildApp() {
  await buildNuxt()
  // After Nuxt, which empties .output.
  await buildMcp()
}

/** @throws Problem if the build fails */
async function buildNuxt() {
  const sources = [root, ...SHARED_WITH_MCP].map(hashSources).join('')
  if (existsSync(serverEntry) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('Building (about a minute) …')
  const started = Date.now()
  // Without its stamp an interrupted build counts as missing.
  rmSync(stamp, { force: true })
  // A calling test runner sets variables that make Nuxt build for tests.
  const env = { ...toolEnv(), NODE_ENV: 'production', TEST: undefined, VITEST: undefined }
  const code = await runQuietly(nodeBinary(), [join(packages, 'nuxt', 'bin', 'nuxt.mjs'), 'build'], env)
  if (code !== 0) throw new Problem(`The build failed (exit code ${code}): see its output above.`)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
  console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`)
}

if (import.meta.main) await main(buildApp)
