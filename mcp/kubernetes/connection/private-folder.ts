/** A folder for files with credentials: readable only by this user, and removed at the next start after a crash. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

export interface PrivateFolder {
  path: string
  remove: () => Promise<void>
}

const PREFIX = 'k8s-ai-assistant-'

/** The name identifies its creator: host, process id, start of the process. */
const NAME = /^k8s-ai-assistant-([0-9a-f]{8})-(\d+)-(\d+)-\w+$/

/**
 * Creates a folder that only this user can enter, and removes those of processes that ended without cleaning up.
 * @param parent parent folder
 */
export async function openPrivateFolder(parent: string = tmpdir()): Promise<PrivateFolder> {
  await removeAbandoned(parent)
  const { pid } = process
  const path = await mkdtemp(join(parent, `${PREFIX}${hostMark()}-${pid}-${startOf(pid) ?? 0}-`))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  await Promise.all(
    names.filter(isAbandoned).map(async (name) => {
      const path = join(parent, name)
      const found = await lstat(path).catch(() => undefined)
      // In a shared folder, only folders of this user count.
      if (!found?.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
    }),
  )
}

function isAbandoned(name: string): boolean {
  const [, host, id, start] = NAME.exec(name) ?? []
  // Processes of other containers that share the folder are not visible here.
  if (host !== hostMark()) return false
  const pid = Number(id)
  if (!isRunning(pid)) return true
  // In a container every start has the same process id.
  const running = startOf(pid)
  return running !== undefined && running !== Number(start)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The start of a process in clock ticks since boot; undefined without /proc. */
function startOf(pid: number): number | undefined {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return undefined
  try {
    const stat = readFileSync(path, 'utf8')
    // Field 22; the name before it is in brackets and may contain blanks.
    const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isNaN(start) ? undefined : start
  } catch {
    return undefined
  }
}

function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
}
