/**
 * Our own MCP server as a child process: private to this process through a Unix socket and a random secret, and
 * restarted if it ends.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { plainWords } from '../errors'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import { LastWords } from '../connection/last-words'
import type { SessionLog } from '../session/options'
import { SharedProgram } from '../session/shared-program'
import type { McpEndpoint } from '../connection/transport'
import { unixFetch } from '../connection/unix-fetch'

/** Path of the built program, relative to the build folder. */
const PROGRAM = join('mcp', 'server.mjs')

/** Answers of megabytes come and go: a third less memory, for no time. In MiB. */
const LITTLE_GARBAGE = '--max-semi-space-size=8'

/** Pause before a restart, in milliseconds: doubled after each failed start. */
const PAUSE_MS = 200
const MAX_PAUSE_MS = 5000

export interface OwnServerOptions {
  /** Complete except for the secret. */
  env: Record<string, string>
  /** Changes that were planned and that a person approved may `run`, or they can be planned (`plan`); absent: neither. */
  changes?: 'plan' | 'run'
  /** For its sockets: private to this user, removed by the caller. */
  folder: string
  log: SessionLog
  /** Path of the program; defaults to the build. */
  program?: string
}

export interface OwnServer {
  endpoint: McpEndpoint
  /** From the next start on it accepts only the cluster with this UID of kube-system. Only the first call counts. */
  pinUid: (uid: string) => void
  close: () => Promise<void>
}

/** @throws Error if the program has not been built */
export function startOwnServer(options: OwnServerOptions): OwnServer {
  const child = new OwnProgram(options.program ?? programPath(), options)
  child.start()
  return {
    // Any loopback name will do: the socket determines the destination.
    endpoint: {
      transport: 'http',
      url: new URL('http://localhost/mcp'),
      authToken: child.secret,
      fetch: unixFetch(() => child.socket()),
      program: new SharedProgram(() => child.kill()),
    },
    pinUid: (uid) => child.pinUid(uid),
    close: () => child.close(),
  }
}

class OwnProgram {
  readonly secret = randomBytes(32).toString('base64url')
  private child: ChildProcess | undefined
  private starts = 0
  private failures = 0
  private closed = false
  private uid: string | undefined
  /** The running program's socket, or why it does not run. */
  private listening = Promise.withResolvers<string>()

  constructor(
    private readonly program: string,
    private readonly options: OwnServerOptions,
  ) {}

  /** @throws TypeError, as fetch does, if the program does not run */
  socket(): Promise<string> {
    return this.listening.promise
  }

  start(): void {
    // A new path each time, so that nobody connects to a killed program's socket.
    const path = join(this.options.folder, `${++this.starts}.sock`)
    const { changes } = this.options
    const flags = changes ? [changes === 'run' ? '--writes' : '--plans'] : []
    const child = spawn(process.execPath, [LITTLE_GARBAGE, this.program, '--listen', `unix:${path}`, ...flags], {
      env: {
        ...this.options.env,
        MCP_SECRET: this.secret,
        ...(this.uid !== undefined && { MCP_EXPECTED_UID: this.uid }),
      },
      // It ends with its stdin, also if this process is killed.
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.child = child
    const last = new LastWords()
    createInterface({ input: child.stderr }).on('line', (line) => {
      last.hear(line)
      this.options.log.debug({ stderr: plainWords(line) }, 'MCP program')
    })
    createInterface({ input: child.stdout }).once('line', () => {
      this.failures = 0
      this.listening.resolve(path)
    })
    child.once('error', (error) => last.hear(error.message))
    child.stdin.on('error', () => undefined)
    child.once('close', (code, signal) => void this.ended(last.words || String(signal ?? code)))
  }

  pinUid(uid: string): void {
    this.uid ??= uid
  }

  /** A hanging program ignores SIGTERM. */
  kill(): void {
    this.child?.kill('SIGKILL')
  }

  async close(): Promise<void> {
    this.closed = true
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.stdin?.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
    await closed
    clearTimeout(timer)
  }

  private async ended(words: string): Promise<void> {
    const detail = msg('mcp-program-ended', { words })
    const reason = new TypeError(detail.text, { cause: new LocalizedError(detail) })
    this.listening.promise.catch(() => undefined)
    this.listening.reject(reason)
    if (this.closed) return
    this.options.log.warn({ reason: words }, 'MCP program ended')
    const first = this.failures++ === 0
    // Requests wait for the first restart; after a failed one they get its error.
    if (first) this.listening = Promise.withResolvers()
    else this.listening = rejected(reason)
    await delay(Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** (this.failures - 1)), undefined, { ref: false })
    if (this.closed) return
    if (!first) this.listening = Promise.withResolvers()
    this.start()
  }
}

function rejected(reason: Error): PromiseWithResolvers<string> {
  const made = Promise.withResolvers<string>()
  made.promise.catch(() => undefined)
  made.reject(reason)
  return made
}

/** Beside the built server; in development, in the last build. */
function programPath(): string {
  const beside = process.argv[1] && join(dirname(process.argv[1]), '..', PROGRAM)
  const path = [beside, join(process.cwd(), '.output', PROGRAM)].find((each) => each && existsSync(each))
  if (path) return path
  throw new Error('The MCP server of the assistant has not been built: run npm start once, or set MCP_SERVER_URL.')
}
