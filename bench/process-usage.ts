/** Resource usage of a process from /proc (proc_pid_stat(5), proc_pid_status(5)). */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Clock ticks per second: USER_HZ is 100 on every platform Node runs on. */
const TICKS = 100

/** User and system time so far, in seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The program's name, in parentheses, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** Largest resident memory so far, in MiB. */
export function peakMemory(pid: number): number {
  return memory(pid, 'VmHWM')
}

/** Resident memory now, in MiB. */
export function currentMemory(pid: number): number {
  return memory(pid, 'VmRSS')
}

function memory(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024
}

/** @returns the machine's CPU load since the last call, from 0 to 1 */
export function machineSince(): () => number {
  let last = cpuTimes()
  return () => {
    const now = cpuTimes()
    const all = now.all - last.all
    const busy = 1 - (now.idle - last.idle) / all
    last = now
    return busy
  }
}

function cpuTimes(): { all: number; idle: number } {
  let all = 0
  let idle = 0
  for (const { times } of cpus()) {
    all += times.user + times.nice + times.sys + times.irq + times.idle
    idle += times.idle
  }
  return { all, idle }
}
