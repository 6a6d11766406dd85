/** Other processes: parents, liveness, signals. */
import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

export interface ProcessLine {
  pid: number
  parent: number
  /** The command line. */
  command: string
}

/** All running processes. A terminated one counts as ended before its parent has reaped it. */
async function running(): Promise<ProcessLine[]> {
  const printed = await new Promise<string>((resolve, reject) => {
    execFile('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    )
  })
  return printed.split('\n').flatMap((line) => {
    const [, pid, parent, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || state?.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

export async function childrenOf(pid: number): Promise<ProcessLine[]> {
  return (await running()).filter(({ parent }) => parent === pid)
}

export async function alive(pids: number[]): Promise<number[]> {
  const all = new Set((await running()).map(({ pid }) => pid))
  return pids.filter((pid) => all.has(pid))
}

/** @returns whether the process existed */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/**
 * Resolves with the first result of `look`.
 * @throws Error with `what` after the time, in milliseconds
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  ms = 30_000,
): Promise<T> {
  for (const deadline = performance.now() + ms; ;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`${what}: not after ${ms} ms`)
    await delay(20)
  }
}
