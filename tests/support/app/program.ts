/** A program that a test starts, reads, and reliably ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

/** An environment; undefined values are unset. */
export type Env = Record<string, string | undefined>

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Program {
  pid: number
  /** Its output on stdout and stderr so far, line by line. */
  logs: () => string[]
  /** Its exit; undefined while it runs. */
  exit: () => Exit | undefined
  /** Resolves when it ends by itself. */
  ended: Promise<Exit>
  /** Resolves with the first value of `check`. Throws if the program ends first or after the time. */
  until: <T>(what: string, check: () => T | undefined | Promise<T | undefined>) => Promise<T>
  /** Sends SIGTERM, then SIGKILL after a timeout, and resolves when the process has ended. */
  stop: () => Promise<Exit>
}

/** Time limits for starting, ending, and reading the rest of the output, in milliseconds. */
const READY_MS = 30_000
const STOP_MS = 10_000
const DRAIN_MS = 1000
const POLL_MS = 25

/** Keeps state such as the audit out of the developer's own folders. */
const STATE = mkdtempSync(join(tmpdir(), 'k8s-ai-assistant-state-'))
process.once('exit', () => rmSync(STATE, { recursive: true, force: true }))

/**
 * @param env the whole environment except PATH and HOME, which default to ours, and XDG_STATE_HOME, which defaults to a
 * test folder
 */
export function startProgram(command: string, args: string[], env: Env): Program {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, args, {
    env: { PATH, HOME, XDG_STATE_HOME: STATE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line))
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)

  let exit: Exit | undefined
  const ended = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('exit', killAtExit)
      exit = { code, signal }
      // Do not wait for `close`: a surviving child process may keep it from coming.
      setTimeout(() => resolve({ code, signal }), DRAIN_MS).unref()
    })
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  // An unobserved rejection must not crash the test.
  ended.catch(() => undefined)

  return {
    pid: child.pid ?? 0,
    logs: () => [...lines],
    exit: () => exit,
    ended,
    until: async (what, check) => {
      const deadline = Date.now() + READY_MS
      while (Date.now() < deadline) {
        const found = await check()
        if (found !== undefined) return found
        if (exit || child.pid === undefined) throw new Error(failure(`ended before ${what}`, command, lines))
        await delay(POLL_MS)
      }
      throw new Error(failure(`not ${what} after ${READY_MS} ms`, command, lines))
    },
    stop: async () => {
      if (exit) return exit
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), STOP_MS)
      child.kill('SIGTERM')
      await Promise.race([ended, once(late.signal, 'abort')])
      clearTimeout(timer)
      if (!exit) child.kill('SIGKILL')
      return await ended
    },
  }
}

function failure(what: string, command: string, lines: string[]): string {
  return [`${command} ${what}. It printed:`, ...lines.slice(-20)].join('\n  ')
}
