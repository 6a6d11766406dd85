/**
 * Our own MCP server as a child process: it serves this process alone, over a Unix socket and with a secret made at each
 * start, and is started again if it ends.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { plainWords } from '../errors'
import { LastWords } from '../connection/last-words'
import type { SessionLog } from '../session/options'
import type { McpEndpoint } from '../connection/transport'
import { unixFetch } from '../connection/unix-fetch'

/** Where the build puts the program, seen from the folder of the build. */
const PROGRAM = join('mcp', 'server.mjs')

/** Between an end and the next start, in milliseconds: doubled with each start that fails. */
const PAUSE_MS = 200
const MAX_PAUSE_MS = 5000

export interface OwnServerOptions {
  /** Complete, but for the secret. */
  env: Record<string, string>
  /** It may run changes that it planned and that a person approved. */
  writes?: boolean
  /** For its sockets; only we can enter it, and it is removed by the caller. */
  folder: string
  log: SessionLog
  /** Of the program; by default that of the build. */
  program?: string
}

export interface OwnServer {
  endpoint: McpEndpoint
  /** From the next start on it reads the cluster with this UID of kube-system alone. The first UID stays. */
  pinUid: (uid: string) => void
  close: () => Promise<void>
}

/** @throws Error if the program has not been built */
export function startOwnServer(options: OwnServerOptions): OwnServer {
  const child = new OwnProgram(options.program ?? programPath(), options)
  child.start()
  return {
    // The host only has to be a loopback name: the socket says where.
    endpoint: {
      transport: 'http',
      url: new URL('http://localhost/mcp'),
      authToken: child.secret,
      fetch: unixFetch(() => child.socket()),
      replace: () => child.kill(),
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
  /** The socket of the program that runs, or why none does. */
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
    // A new path each time, so that nobody connects to the socket of a program that was killed.
    const path = join(this.options.folder, `${++this.starts}.sock`)
    const flags = this.options.writes ? ['--writes'] : []
    const child = spawn(process.execPath, [this.program, '--listen', `unix:${path}`, ...flags], {
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

  /** A program that hangs does not obey a SIGTERM. */
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
    const reason = new TypeError(`The program of the MCP server has ended: ${words}`)
    this.listening.promise.catch(() => undefined)
    this.listening.reject(reason)
    if (this.closed) return
    this.options.log.warn({ reason: words }, 'MCP program ended')
    const first = this.failures++ === 0
    // A request that comes now waits for the first restart; after a failed one it learns why.
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
