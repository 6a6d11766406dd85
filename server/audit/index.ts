/** Who called which tool with what, who let it run, and what came of it. */
import type { Logger } from 'pino'
import type { ClusterIdentity } from '../cluster/identity'
import type { Audit, AuditEntry, AuditTurn, CallRecord } from './entry'
import { AuditFile } from './file'
import { auditLine } from './line'

export { AuditError } from './entry'
export type { Audit, AuditDecision, AuditEntry, AuditTurn, CallRecord } from './entry'

/**
 * The audit of the process: the file, or lines of the log where there can be none.
 * @param isNeeded nothing may be changed without a file
 * @throws AuditError where it is needed and cannot be written
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

/** The audit whose lines name the cluster as of the time of their writing. */
export function withCluster(audit: Audit, identity: () => ClusterIdentity): Audit {
  return {
    record: (entry) => {
      const { cluster, context, apiServer, apiUser, clusterUid } = { ...identity(), ...identityOf(entry) }
      const named = { cluster, context, apiServer, apiUser, clusterUid }
      const known = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
      return audit.record({ ...entry, ...known, ...(apiServer === undefined && { clusterVerified: false as const }) })
    },
    close: () => audit.close(),
  }
}

/** What a change is bound to says more than what was last read. */
function identityOf({ identity }: AuditEntry): ClusterIdentity {
  return identity ? { apiServer: identity.server, apiUser: identity.user, clusterUid: identity.uid } : {}
}

/** For calls that run unasked: that one could not be recorded is said in the log, and holds nobody up. */
export function recordCalls(audit: Audit, turn: AuditTurn, log: Logger): (record: CallRecord) => void {
  return (record) => {
    audit
      .record({ ...turn, ...record })
      .catch((error: unknown) => log.error({ err: error }, 'a tool call was not recorded'))
  }
}

/** For changes: one that cannot be recorded must not run. @throws AuditError */
export function recordWrites(audit: Audit, turn: AuditTurn): (record: CallRecord) => Promise<void> {
  return (record) => audit.record({ ...turn, ...record })
}

function logAudit(log: Logger): Audit {
  return {
    record: async (entry) => log.info({ audit: auditLine(entry, new Date()) }, 'tool call'),
    close: async () => undefined,
  }
}
