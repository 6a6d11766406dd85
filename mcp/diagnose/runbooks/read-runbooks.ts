/** Reads the operator's runbooks: the Markdown files of a folder, again when it has changed. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseRunbook } from './runbook'
import type { Runbook } from './runbook'

const MOST_FILES = 200
const MAX_BYTES = 256 * 1024

/** The current runbooks; empty if the folder cannot be read. */
export type ReadRunbooks = () => Promise<readonly Runbook[]>

/** @param report called with the error or the file that cannot be used */
export function runbooksIn(folder: string | undefined, report: (problem: string) => void): ReadRunbooks {
  if (folder === undefined) return () => Promise.resolve([])
  const known = new Map<string, { mtimeMs: number; runbook: Runbook | undefined }>()
  return async () => {
    try {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
      const files = names.slice(0, MOST_FILES).map((name) => join(folder, name))
      return (await Promise.all(files.map((file) => readOne(file)))).flatMap((runbook) => runbook ?? [])
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
      return []
    }
  }

  async function readOne(file: string): Promise<Runbook | undefined> {
    const { mtimeMs, size } = await stat(file)
    const before = known.get(file)
    if (before?.mtimeMs === mtimeMs) return before.runbook
    const runbook = size > MAX_BYTES ? undefined : parseRunbook(basename(file, '.md'), await readFile(file, 'utf8'))
    if (!runbook) report(file)
    known.set(file, { mtimeMs, runbook })
    return runbook
  }
}
