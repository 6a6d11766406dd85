/** Installs the packages that package-lock.json names, when they are not there yet. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages, root } from './paths.mjs'
import { Problem, run } from './run.mjs'

/**
 * @typedef {Record<string, { version?: string, optional?: boolean }>} Locked packages by their path
 */

/**
 * @throws Problem where npm fails
 */
export async function installPackages() {
  const wanted = readLock(join(root, 'package-lock.json'))
  // npm's own record of what it put there, whichever npm command that was.
  const installed = readLock(join(packages, '.package-lock.json'))
  if (isInstalled(wanted, installed)) return
  const first = Object.keys(installed).length === 0
  console.log(first ? 'Installing packages (the first time takes a few minutes) …' : 'Installing changed packages …')
  const started = Date.now()
  // Not `npm ci`: it refuses a lock file in which npm itself left out another platform's optional binaries. --no-save
  // keeps the lock file as it is. Warnings about the peer dependencies of dependencies are nothing to act on here.
  const npm = npmCommand(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  const code = await run(npm.program, npm.args)
  if (code !== 0) throw new Problem(`npm could not install the packages (exit code ${code}): see its words above.`)
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Every package that is not optional is there, and none in another version than the lock file's.
 * @param {Locked} wanted
 * @param {Locked} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === version : optional === true
  })
}

/**
 * @param {string} path
 * @returns {Locked} empty where there is no file
 */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {}
}

/**
 * The npm that called us, else the one on the PATH.
 * @param {string[]} args
 */
function npmCommand(args) {
  const caller = process.env.npm_execpath
  if (caller && /npm-cli\.c?js$/.test(caller)) return { program: process.execPath, args: [caller, ...args] }
  return { program: 'npm', args }
}
