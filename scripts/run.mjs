/** Runs other programs, and the main function of our commands. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { packages, root } from './paths.mjs'

/** How often to check whether npm's shell still runs, in milliseconds. */
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
 * Runs a program with our stdin, stdout and stderr. Forwards SIGINT and SIGTERM.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] by default the project's folder and `toolEnv()`
 * @returns {Promise<number>} its exit code, 128 + n after signal n
 */
export async function run(program, args, options) {
  return await ended(() => spawn(program, args, { cwd: root, env: toolEnv(), stdio: 'inherit', ...options }))
}

/**
 * Runs a program silently, and prints its output only if it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export async function runQuietly(program, args, env = toolEnv()) {
  const { code, output } = await runCaptured(program, args, env)
  if (code !== 0) process.stderr.write(output)
  return code
}

/**
 * Runs a program and returns what it printed on both streams.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: Buffer }>}
 */
export async function runCaptured(program, args, env = toolEnv()) {
  /** @type {Buffer[]} */
  const printed = []
  const code = await ended(() => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk))
    return child
  })
  return { code, output: Buffer.concat(printed) }
}

/** The environment for tools in node_modules: they find Node 24 and each other first. */
export function toolEnv() {
  const path = [join(packages, '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path, NUXT_TELEMETRY_DISABLED: '1' }
}

/**
 * Starts a program, waits for its end, and forwards signals. npm forwards none through its shell: if npm and the shell
 * have ended, the program is stopped too.
 * @param {() => import('node:child_process').ChildProcess} start
 * @returns {Promise<number>}
 */
async function ended(start) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => child?.kill(signal)
  // Before the start: on a busy machine a signal could arrive in between and end only us.
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
