/** Entries of the audit for tests. */
import type { AuditEntry } from '../../server/audit'

export function auditEntry(entry: Partial<AuditEntry>): AuditEntry {
  return {
    user: 'alice',
    conversation: 'conversation-1',
    turn: 'turn-1',
    request: 'request-1',
    call: 'call-1',
    tool: 'pods_list',
    arguments: { namespace: 'shop' },
    decision: 'read',
    outcome: 'ok',
    durationMs: 12,
    ...entry,
  }
}
