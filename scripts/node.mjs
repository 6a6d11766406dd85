/** The project's Node, which may be newer than the system's. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { packages } from './paths.mjs'
import { Problem } from './run.mjs'

/**
 * The npm package `node` provides Node 24. If its install script was not allowed, a recent system Node is used.
 * @returns {string} path of the binary
 * @throws Problem if neither is available
 */
export function nodeBinary() {
  const own = join(packages, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (spawnSync(own, ['--version']).status === 0) return own
  if (isNewEnough(process.versions.node)) return process.execPath
  throw new Problem(
    [
      `Node 24 is missing, and this Node is ${process.versions.node}.`,
      'It comes as the npm package `node`, whose install script fetches the binary for this machine and did not run.',
      'Allow it once with `npm rebuild node --ignore-scripts=false`, or install Node 24 yourself, and try again.',
    ].join('\n'),
  )
}

/**
 * The requirement of Nuxt 4.5: ^22.19 || ^24.11 || >=26.
 * @param {string} version e.g. `24.21.0`
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26
}
