/** The changes that ran lately, from the end of the audit file. */
import { open } from 'node:fs/promises'
import { auditLineSchema } from './entry'
import type { AuditLine } from './entry'

/** Of the end of the file: some ten thousand lines. In bytes. */
const MOST = 4 * 1024 * 1024

/**
 * @param since milliseconds since the epoch
 * @returns approved calls that ran, oldest first; empty if there is no file
 */
export async function recentWrites(path: string, since: number): Promise<AuditLine[]> {
  const text = await endOf(path)
  return text.split('\n').flatMap((line): AuditLine[] => {
    if (!line.includes('"approved"')) return []
    const parsed = auditLineSchema.safeParse(jsonOf(line))
    const isRun = parsed.success && parsed.data.decision === 'approved' && parsed.data.outcome === 'ok'
    return isRun && Date.parse(parsed.data.time) >= since ? [parsed.data] : []
  })
}

async function endOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const length = Math.min(size, MOST)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}

/** The first line may be cut. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
