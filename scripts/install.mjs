/** Installs the packages of package-lock.json if they are missing, so that `npm start` and `npm test` work on a fresh clone. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary } from './node.mjs'
import { packages, root } from './paths.mjs'
import { Problem, run, runQuietly } from './run.mjs'

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Locked packages by their path
 */

/** @throws Problem if npm fails */
export async function installPackages() {
  const wanted = readLock(join(root, 'package-lock.json'))
  // npm's own record of the installed packages.
  const installed = readLock(join(packages, '.package-lock.json'))
  if (isInstalled(wanted, installed)) return await prepareTypes()
  const first = Object.keys(installed).length === 0
  console.log(first ? 'Installing packages (the first time takes a few minutes) …' : 'Installing changed packages …')
  const started = Date.now()
  // --no-save keeps the lock file. The hidden warnings are about peers of transitive packages.
  const npm = npmCommand([...(first ? ['ci'] : ['install', '--no-save']), '--loglevel=error'])
  const code = await run(npm.program, npm.args)
  if (code !== 0) throw new Problem(`npm could not install the packages (exit code ${code}): see its output above.`)
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Writes .nuxt with Nuxt's generated types and lint rules, as npm does after an installation.
 * @throws Problem if it fails
 */
async function prepareTypes() {
  if (existsSync(join(root, '.nuxt', 'eslint.config.mjs'))) return
  const code = await runQuietly(nodeBinary(), [join(packages, 'nuxt', 'bin', 'nuxt.mjs'), 'prepare'])
  if (code !== 0) throw new Problem(`Preparing types failed (exit code ${code}): see its output above.`)
}

/**
 * True if every required package is installed in the lock file's version.
 * @param {Locked} wanted
 * @param {Locked} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // npm records only links to the project's workspaces.
    if (!path.includes('node_modules/')) return true
    const found = installed[path]
    return found ? found.version === version : optional === true
  })
}

/**
 * @param {string} path
 * @returns {Locked} empty if there is no file
 */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {}
}

/**
 * The calling npm, otherwise the one on the PATH.
 * @param {string[]} args
 */
function npmCommand(args) {
  const caller = process.env.npm_execpath
  if (caller && /npm-cli\.c?js$/.test(caller)) return { program: process.execPath, args: [caller, ...args] }
  return { program: 'npm', args }
}
