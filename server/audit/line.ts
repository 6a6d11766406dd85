/** Formats an audit entry as one line of JSON: redacted, hashed, bounded. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#shared/text/canonical-json'
import { cleanValue } from '../results'
import type { AuditEntry, AuditLine } from './entry'

/** Limit of a line with its line break, in bytes. */
export const MAX_LINE_BYTES = 64 * 1024

/** Limit of each name and id, in characters. */
const MAX_WORD = 256

/** @param time of the record */
export function auditLine(entry: AuditEntry, time: Date): AuditLine {
  const {
    conversation,
    approval,
    by,
    arguments: args,
    cluster,
    context,
    apiServer,
    apiUser,
    clusterUid,
    clusterVerified,
  } = entry
  const argumentsHash = hashOf(args)
  return {
    time: time.toISOString(),
    user: word(entry.user),
    ...(conversation !== undefined && { conversation: word(conversation) }),
    turn: word(entry.turn),
    request: word(entry.request),
    call: word(entry.call),
    tool: word(entry.tool),
    arguments: cleanValue(args),
    ...(argumentsHash !== undefined && { argumentsHash }),
    ...(cluster !== undefined && { cluster: word(cluster) }),
    ...(context !== undefined && { context: word(context) }),
    ...(apiServer !== undefined && { apiServer: word(apiServer) }),
    ...(apiUser !== undefined && { apiUser: word(apiUser) }),
    ...(clusterUid !== undefined && { clusterUid: word(clusterUid) }),
    ...(clusterVerified !== undefined && { clusterVerified }),
    decision: entry.decision,
    ...(approval !== undefined && { approval: word(approval) }),
    ...(by !== undefined && { by: word(by) }),
    outcome: entry.outcome,
    durationMs: entry.durationMs,
  }
}

/** One line of at most `MAX_LINE_BYTES`. */
export function toJsonLine(line: AuditLine): string {
  const text = `${JSON.stringify(line)}\n`
  if (Buffer.byteLength(text) <= MAX_LINE_BYTES) return text
  const args = JSON.stringify(line.arguments)
  for (let kept = MAX_LINE_BYTES / 2; ; kept = Math.floor(kept / 2)) {
    const cut = `${args.slice(0, kept).toWellFormed()}… [cut: ${args.length - kept} more characters]`
    const shorter = `${JSON.stringify({ ...line, arguments: cut })}\n`
    if (Buffer.byteLength(shorter) <= MAX_LINE_BYTES) return shorter
  }
}

function word(text: string): string {
  return text.length > MAX_WORD ? `${text.slice(0, MAX_WORD).toWellFormed()}…` : text
}

function hashOf(args: Record<string, unknown>): string | undefined {
  try {
    return createHash('sha256').update(canonicalJson(args)).digest('hex')
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
