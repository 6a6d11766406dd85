/** Records who called which tool, who approved it, and the outcome. */
import type { Logger } from 'pino'
import type { ClusterIdentity } from '../cluster/identity'
import type { Audit, AuditEntry, AuditTurn, CallRecord } from './entry'
import { AuditFile } from './file'
import { auditLine } from './line'

export { AuditError } from './entry'
export type { Audit, AuditDecision, AuditEntry, AuditTurn, CallRecord } from './entry'

/**
 * The process's audit: the file, or log lines if a file is impossible.
 * @param isNeeded changes require a file
 * @throws AuditError if a required file is not writable
 */
export async function openAudit(path: string, isNeeded: boolean, log: Logger): Promise<Audit> {
  try {
    return await AuditFile.open(path)
  } catch (error) {
    if (isNeeded) throw error
    const words = error instanceof Error ? error.message : String(error)
    log.warn(`${words}. Tool calls are recorded in this log instead; AUDIT_FILE names another file.`)
    return logAudit(log)
  }
}

/** Adds the current cluster to the audit's lines. */
export function withCluster(audit: Audit, identity: () => ClusterIdentity): Audit {
  return {
    record: (entry) => {
      const { cluster, context, apiServer, apiUser, clusterUid } = { ...identity(), ...identityOf(entry) }
      const named = { cluster, context, apiServer, apiUser, clusterUid }
      const known = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
      return audit.record({ ...entry, ...known, ...(apiServer === undefined && { clusterVerified: false as const }) })
    },
    // Only those of the same cluster.
    ...(audit.recentWrites && {
      recentWrites: async (since) => {
        const { clusterUid } = identity()
        const lines = (await audit.recentWrites?.(since)) ?? []
        return lines.filter((line) => clusterUid !== undefined && line.clusterUid === clusterUid)
      },
    }),
    close: () => audit.close(),
  }
}

/** A change's bound identity is more precise than the last read one. */
function identityOf({ identity }: AuditEntry): ClusterIdentity {
  return identity ? { apiServer: identity.server, apiUser: identity.user, clusterUid: identity.uid } : {}
}

/** For calls without approval: a failure to record is logged but does not block the call. */
export function recordCalls(audit: Audit, turn: AuditTurn, log: Logger): (record: CallRecord) => void {
  return (record) => {
    audit
      .record({ ...turn, ...record })
      .catch((error: unknown) => log.error({ err: error }, 'a tool call was not recorded'))
  }
}

/**
 * For changes: one that cannot be recorded must not run.
 * @throws AuditError
 */
export function recordWrites(audit: Audit, turn: AuditTurn): (record: CallRecord) => Promise<void> {
  return (record) => audit.record({ ...turn, ...record })
}

function logAudit(log: Logger): Audit {
  return {
    record: async (entry) => log.info({ audit: auditLine(entry, new Date()) }, 'tool call'),
    close: async () => undefined,
  }
}
