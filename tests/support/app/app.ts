/** The built server, as an operator runs it. */
import { join } from 'node:path'
import { z } from 'zod'
import { root, serverEntry, serverFlags } from '../../../scripts/paths.mjs'
import { answers } from './network'
import { startProgram } from './program'
import type { Env, Exit, Program } from './program'

const listening = z.object({ msg: z.literal('listening'), url: z.string() })

export interface App {
  /** E.g. `http://127.0.0.1:40123`, without a slash at the end. */
  url: string
  pid: number
  /** What it printed so far, line by line. */
  logs: () => string[]
  /** Waits for it to end by itself. */
  ended: Promise<Exit>
  /** Ends it as an operator would, and resolves once it is gone. */
  stop: () => Promise<Exit>
}

/**
 * Starts the server on a free port, unless `PORT` is set, and waits until `/health` answers.
 * @param env its whole environment, but for PATH and HOME, which are ours unless they are set here
 * @param nodeArgs for Node itself, e.g. a preload
 * @throws Error with what it printed where it does not come up
 */
export function startApp(env: Env = {}, nodeArgs: string[] = []): Promise<App> {
  return untilUp(spawnApp(env, nodeArgs))
}

/** The same by what `npm start` runs. */
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

/** The same without waiting, for a server that is not expected to come up. */
export function spawnApp(env: Env = {}, nodeArgs: string[] = []): Program {
  return startProgram(process.execPath, [...serverFlags, ...nodeArgs, serverEntry], { PORT: '0', ...env })
}

function listeningUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  const parsed = listening.safeParse(JSON.parse(line))
  return parsed.success ? parsed.data.url : undefined
}
