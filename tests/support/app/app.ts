/** The built server as an operator runs it. */
import { join } from 'node:path'
import { z } from 'zod'
import { root, serverEntry, serverFlags } from '../../../scripts/paths.mjs'
import { answers } from './network'
import { startProgram } from './program'
import type { Env, Exit, Program } from './program'

const listening = z.object({ msg: z.literal('listening'), url: z.string() })

export interface App {
  /** E.g. `http://127.0.0.1:40123`, without trailing slash. */
  url: string
  pid: number
  /** Its output so far, line by line. */
  logs: () => string[]
  /** Resolves when it ends by itself. */
  ended: Promise<Exit>
  /** Stops it as an operator would, and resolves when it has ended. */
  stop: () => Promise<Exit>
}

/**
 * Starts the server on a free port, unless `PORT` is set, and waits until `/health` responds.
 * @param env its whole environment except PATH and HOME, which default to ours
 * @param nodeArgs options for Node itself, e.g. a preload
 * @param entry the built server's entry file; defaults to the build
 * @throws Error with its output if it does not start
 */
export function startApp(env: Env = {}, nodeArgs: string[] = [], entry: string = serverEntry): Promise<App> {
  return untilUp(spawnApp(env, nodeArgs, entry))
}

/** The same through `npm start`. */
export function startByScript(env: Env = {}): Promise<App> {
  return untilUp(startProgram(process.execPath, [join(root, 'scripts', 'start.mjs')], { PORT: '0', ...env }))
}

async function untilUp(app: Program): Promise<App> {
  try {
    const url = await app.until('listening', () =>
      app
        .logs()
        .map(listeningUrl)
        .find((found) => found !== undefined),
    )
    await app.until('answering /health', () => answers(`${url}/health`))
    return { url, pid: app.pid, logs: app.logs, ended: app.ended, stop: app.stop }
  } catch (error) {
    await app.stop()
    throw error
  }
}

/** Requests that read ahead would be among those that a test counts. */
const DEFAULTS = { PORT: '0', READ_AHEAD: 'off' }

/** Starts without waiting, for a server that should fail. */
export function spawnApp(env: Env = {}, nodeArgs: string[] = [], entry: string = serverEntry): Program {
  return startProgram(process.execPath, [...serverFlags, ...nodeArgs, entry], { ...DEFAULTS, ...env })
}

function listeningUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  const parsed = listening.safeParse(JSON.parse(line))
  return parsed.success ? parsed.data.url : undefined
}
