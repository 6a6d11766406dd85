/**
 * `npm run package`: writes the built application with its Node to dist/, as a folder and as a .tar.gz archive. It needs
 * no npm, no compiler and no network where it runs. `--folder PATH` writes the folder alone, `--extension` builds the
 * Rancher extension first.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { packages, root, serverFlags } from './paths.mjs'
import { main, Problem, run } from './run.mjs'

/** The Rancher extension as it is served, if it was built. */
const extension = join(root, 'deploy', 'rancher', 'extension', 'dist-pkg')

/** Of the C++ runtime that Node needs besides libc. */
const RUNTIME = /^\s*(libstdc\+\+|libgcc_s)\S* => (\/\S+)/gm

/**
 * Writes the folder and the archive.
 * @param {string} to the folder that receives both; made if it does not exist
 * @returns {Promise<{ folder: string, archive: string }>} their paths
 * @throws Problem if the build fails
 */
export async function packageApp(to) {
  const name = `k8s-ai-assistant-${version()}-${process.platform}-${process.arch}`
  const folder = join(to, name)
  await writeFolder(folder)
  const archive = `${folder}.tar.gz`
  const { create } = await import('tar')
  // Portable: without the builder's user.
  await create({ cwd: to, file: archive, gzip: true, portable: true }, [name])
  return { folder, archive }
}

/**
 * @param {string} folder is replaced
 * @throws Problem if the build fails
 */
async function writeFolder(folder) {
  await buildApp()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const about = { name: 'k8s-ai-assistant', version: version(), license: 'Apache-2.0', private: true, type: 'module' }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`)
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', '.env.example', 'docs'])
    cpSync(join(root, file), join(folder, file), { recursive: true })
  cpSync(join(root, '.output'), join(folder, '.output'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.map'),
  })
  if (existsSync(extension)) cpSync(extension, join(folder, 'extension'), { recursive: true })
  copyHelmServer(folder)
  copyNode(folder)
}

/** @returns {string} */
function version() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

/** @throws Problem if the build fails */
async function buildExtension() {
  const code = await run(nodeBinary(), [join(extension, '..', 'scripts', 'build.mjs')])
  if (code !== 0) throw new Problem('The Rancher extension could not be built.')
}

/** The program behind `HELM_BY_MCP_SERVER`: of the packages in node_modules, the only one outside the build. */
function copyHelmServer(/** @type {string} */ folder) {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `kubernetes-mcp-server-${system}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  const from = join(packages, name)
  if (existsSync(from)) cpSync(from, join(folder, 'node_modules', name), { recursive: true })
}

/** Node, its C++ runtime, and the commands that start the server and the MCP server. */
function copyNode(/** @type {string} */ folder) {
  const node = nodeBinary()
  copyFileSync(node, join(folder, 'bin', basename(node)))
  if (process.platform === 'win32') return
  if (process.platform === 'linux') {
    mkdirSync(join(folder, 'lib'))
    const { stdout } = spawnSync('ldd', [node], { encoding: 'utf8' })
    for (const [, , path] of (stdout ?? '').matchAll(RUNTIME))
      if (path) copyFileSync(path, join(folder, 'lib', basename(path)))
  }
  const flags = serverFlags.join(' ')
  writeLauncher(join(folder, 'bin', 'k8s-ai-assistant'), `${flags} "$here/.output/server/index.mjs"`)
  writeLauncher(join(folder, 'bin', 'k8s-ai-assistant-mcp'), '"$here/.output/mcp/server.mjs"')
}

/**
 * Needs no program but sh. Uses the C++ runtime of the archive only if the system has none, since the system's may be
 * newer.
 * @param {string} path
 * @param {string} args of Node
 */
function writeLauncher(path, args) {
  const lines = [
    '#!/bin/sh',
    'here=${0%/*}/..',
    '"$here/bin/node" --version >/dev/null 2>&1 || export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
    `exec "$here/bin/node" ${args} "$@"`,
    '',
  ]
  writeFileSync(path, lines.join('\n'), { mode: 0o755 })
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({ options: { folder: { type: 'string' }, extension: { type: 'boolean' } } })
    await installPackages()
    if (values.extension) await buildExtension()
    if (values.folder) return await writeFolder(values.folder)
    const { archive } = await packageApp(join(root, 'dist'))
    console.log(`${archive} (${Math.round(statSync(archive).size / 1024 / 1024)} MB)`)
  })
}
