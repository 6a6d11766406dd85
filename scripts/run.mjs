/** Running other programs. */
import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { root } from './paths.mjs'

/** A problem that a person can mend: its message is all they need. */
export class Problem extends Error {}

/**
 * Runs a program to its end, in the project's folder, on our stdin, stdout and stderr. Signals are passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + n where signal n ended it
 */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
  const passOn = (signal) => child.kill(signal)
  process.on('SIGINT', passOn).on('SIGTERM', passOn)
  try {
    return await exitCode(child)
  } finally {
    process.off('SIGINT', passOn).off('SIGTERM', passOn)
  }
}

/**
 * Runs a program quietly: what it prints is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runQuietly(command, args, options = {}) {
  const printed = []
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const passOn = (signal) => child.kill(signal)
  process.on('SIGINT', passOn).on('SIGTERM', passOn)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk))
  try {
    const code = await exitCode(child)
    if (code !== 0) process.stderr.write(Buffer.concat(printed))
    return code
  } finally {
    process.off('SIGINT', passOn).off('SIGTERM', passOn)
  }
}
