/** `npm run build:mcp`: builds the MCP program into one self-contained file, .output/mcp/server.mjs, if its sources changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mcpEntry, root } from './paths.mjs'
import { main, Problem } from './run.mjs'
import { hashFiles, hashSources } from './sources.mjs'

const stamp = join(dirname(mcpEntry), 'sources.sha256')

/** Bundled CommonJS packages call `require`, which a module lacks. */
const BANNER = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"

/**
 * Builds the program if its sources have changed.
 * @throws Problem if the build fails
 */
export async function buildMcp() {
  const sources = hashMcpSources()
  if (existsSync(mcpEntry) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  // Without its stamp an interrupted build counts as missing.
  rmSync(stamp, { force: true })
  await bundleMcp(mcpEntry)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

/**
 * @param {string} outfile
 * @throws Problem if the build fails
 */
export async function bundleMcp(outfile) {
  // Imported late, since the packages may just have been installed.
  const { build } = await import('esbuild')
  try {
    await build({
      entryPoints: [join(root, 'mcp', 'main.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'esm',
      minify: true,
      // Keeps function names for stack traces in the log.
      keepNames: true,
      legalComments: 'none',
      logLevel: 'error',
      banner: { js: BANNER },
      plugins: [withoutValidator],
    })
  } catch (error) {
    throw new Problem(`The MCP program could not be built: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * The SDK's server loads a JSON Schema compiler for responses to requests that our server never sends. Without it the
 * program is smaller and starts faster.
 * @type {import('esbuild').Plugin}
 */
const withoutValidator = {
  name: 'without-validator',
  setup(build) {
    build.onLoad({ filter: /sdk[\\/]dist[\\/]esm[\\/]validation[\\/]ajv-provider\.js$/ }, () => ({
      contents: 'export class AjvJsonSchemaValidator { getValidator() { throw new Error("not available") } }',
    }))
  },
}

function hashMcpSources() {
  const folders = ['mcp', 'shared', 'i18n'].map((folder) => join(root, folder)).filter((folder) => existsSync(folder))
  const files = ['package-lock.json', 'package.json', join('scripts', 'build-mcp.mjs')].map((file) => join(root, file))
  return [...folders.map(hashSources), hashFiles(files)].join('')
}

if (import.meta.main) await main(buildMcp)
