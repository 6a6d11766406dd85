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
  // npm's own record of what it put there.
  const installed = readLock(join(packages, '.package-lock.json'))
  if (isInstalled(wanted, installed)) return await prepareTypes()
  const first = Object.keys(installed).length === 0
  console.log(first ? 'Installing packages (the first time takes a few minutes) …' : 'Installing changed packages …')
  const started = Date.now()
  // --no-save keeps the lock file as it is. The hidden warnings are about peers of packages that we do not choose.
  const npm = npmCommand([...(first ? ['ci'] : ['install', '--no-save']), '--loglevel=error'])
  const code = await run(npm.program, npm.args)
  if (code !== 0) throw new Problem(`npm could not install the packages (exit code ${code}): see its output above.`)
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Writes .nuxt, with the types and lint rules that Nuxt generates. npm does it after an installation.
 * @throws Problem if it fails
 */
async function prepareTypes() {
  if (existsSync(join(root, '.nuxt', 'eslint.config.mjs'))) return
  const code = await runQuietly(nodeBinary(), [join(packages, 'nuxt', 'bin', 'nuxt.mjs'), 'prepare'])
  if (code !== 0) throw new Problem(`Preparing types failed (exit code ${code}): see its output above.`)
}

/**
 * Every package that is not optional is there, and none in another version than the lock file's.
 * @param {Locked} wanted
 * @param {Locked} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // The project itself, and its workspaces: npm records only the links to them.
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
 * The npm that called us, otherwise the one on the PATH.
 * @param {string[]} args
 */
function npmCommand(args) {
  const caller = process.env.npm_execpath
  if (caller && /npm-cli\.c?js$/.test(caller)) return { program: process.execPath, args: [caller, ...args] }
  return { program: 'npm', args }
}
