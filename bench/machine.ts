/** Describes the machine that runs the benchmark. */
import { readFileSync } from 'node:fs'
import { arch, cpus, release, totalmem, type } from 'node:os'

export function machine(): [name: string, value: string][] {
  const cores = cpus()
  return [
    ['CPU', `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores, ${arch()}`],
    ['Memory', `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`],
    ['System', `${distribution() ?? type()}, ${type()} ${release()}`],
    ['Node', process.versions.node],
  ]
}

/** os-release(5) */
function distribution(): string | undefined {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
