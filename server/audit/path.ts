/** Where the audit is written unless it is told: beside what other programs keep of the user's. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @param env AUDIT_FILE, XDG_STATE_HOME and HOME count */
export function auditPath({ AUDIT_FILE, XDG_STATE_HOME, HOME }: Record<string, string | undefined>): string {
  const state = XDG_STATE_HOME?.trim() || join(HOME?.trim() || homedir(), '.local', 'state')
  return AUDIT_FILE?.trim() || join(state, 'k8s-ai-assistant', 'audit.jsonl')
}
