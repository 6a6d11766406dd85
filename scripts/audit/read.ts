/** Reads and filters the audit file line by line. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { auditLineSchema } from '../../server/audit/entry'
import type { AuditLine } from '../../server/audit/entry'
import type { PrintOptions } from './options'

export interface ReadAudit {
  lines: AuditLine[]
  /** Number of invalid lines. */
  broken: number
}

/** @throws Error if the file does not exist */
export async function readAudit(path: string, options: PrintOptions): Promise<ReadAudit> {
  const lines: AuditLine[] = []
  let broken = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (text.trim() === '') continue
    const line = parse(text)
    if (!line) broken++
    else if (isWanted(line, options)) lines.push(line)
  }
  return { lines: lines.sort((a, b) => Date.parse(a.time) - Date.parse(b.time)), broken }
}

function parse(text: string): AuditLine | undefined {
  try {
    return auditLineSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function isWanted(line: AuditLine, { user, tool, cluster, since, writes }: PrintOptions): boolean {
  if (user !== undefined && line.user !== user) return false
  if (tool !== undefined && line.tool !== tool) return false
  if (cluster !== undefined && ![line.cluster, line.context, line.apiServer].includes(cluster)) return false
  if (since !== undefined && Date.parse(line.time) < since) return false
  return !writes || (line.decision !== 'read' && line.decision !== 'denied')
}
