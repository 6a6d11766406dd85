/** Runs other programs, and a command of ours from its beginning to its exit code. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { packages, root } from './paths.mjs'

/** How often we look whether npm's shell is still there, in milliseconds. */
const PARENT_CHECK_MS = 500

/** An error that the user can fix: only its message is printed, without a stack. */
export class Problem extends Error {}

/**
 * Runs one of our commands and ends the process with its exit code, or with 1 if it throws.
 * @param {() => Promise<number | void>} command undefined means 0
 */
export async function main(command) {
  try {
    process.exitCode = (await command()) ?? 0
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error)
    process.exitCode = 1
  }
}

/**
 * Runs a program to its end on our stdin, stdout and stderr. SIGINT and SIGTERM are passed on to it.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] the project's folder and `toolEnv()` unless told
 * @returns {Promise<number>} its exit code, 128 + n where signal n ended it
 */
export async function run(program, args, options) {
  return await ended(() => spawn(program, args, { cwd: root, env: toolEnv(), stdio: 'inherit', ...options }))
}

/**
 * The same without a word, unless it fails: then all that it printed is shown.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export async function runQuietly(program, args, env = toolEnv()) {
  /** @type {Buffer[]} */
  const printed = []
  const code = await ended(() => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk))
    return child
  })
  if (code !== 0) process.stderr.write(Buffer.concat(printed))
  return code
}

/** Our environment for the tools of node_modules: they and what they call find Node 24 and each other first. */
export function toolEnv() {
  const path = [join(packages, '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path, NUXT_TELEMETRY_DISABLED: '1' }
}

/**
 * Starts a program, waits for its end, and passes on what shall stop us. npm hands no signal through its shell: where npm
 * ended, so that the shell went and we were left behind, the program is stopped too.
 * @param {() => import('node:child_process').ChildProcess} start
 * @returns {Promise<number>}
 */
async function ended(start) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => child?.kill(signal)
  // Before the start: on a busy machine a signal can come between it and the next line, and would end us alone.
  process.on('SIGINT', passOn).on('SIGTERM', passOn)
  const parent = process.ppid
  const orphaned = () => Boolean(process.env.npm_lifecycle_event) && process.ppid !== parent
  const watch = setInterval(() => orphaned() && passOn('SIGTERM'), PARENT_CHECK_MS)
  try {
    const started = (child = start())
    return await new Promise((resolve, reject) => {
      started.once('error', (error) => reject(new Problem(`Cannot run ${started.spawnfile}: ${error.message}`)))
      started.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  } finally {
    clearInterval(watch)
    process.off('SIGINT', passOn).off('SIGTERM', passOn)
  }
}
