/**
 * `npm run build`: builds the extension with Rancher's own tools and lays it out as the product serves it:
 * `dist-pkg/files.txt` and `dist-pkg/plugin/`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAME = 'k8s-ai-assistant'
const root = fileURLToPath(new URL('..', import.meta.url))
const output = join(root, 'dist-pkg')
const plugin = join(output, 'plugin')

/** Sizes of the bundle's parts, and source maps: nothing that a dashboard loads. */
const LEFT_OUT = /^report\.html$|\.map$|^demo\.html$/

// The shell's own packages need more than 500 MB, so they are not part of the main install.
if (!existsSync(join(root, 'node_modules', '@rancher', 'shell'))) run('npm', ['ci', '--ignore-scripts'])
rmSync(output, { recursive: true, force: true })
run('bash', [join('node_modules', '@rancher', 'shell', 'scripts', 'build-pkg.sh'), NAME])

const [built] = readdirSync(output)
if (!built) throw new Error('The build wrote nothing')
renameSync(join(output, built), plugin)
for (const name of readdirSync(plugin)) if (LEFT_OUT.test(name)) rmSync(join(plugin, name))
const files = readdirSync(plugin, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(output.length + 1))
writeFileSync(join(output, 'files.txt'), `${files.sort().join('\n')}\n`)

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
