/** The audit's path: by default in the user's state folder. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '#shared/environment/schema'

export function auditPath({
  AUDIT_FILE: file,
  XDG_STATE_HOME: state,
  HOME: home,
}: Pick<Environment, 'AUDIT_FILE' | 'XDG_STATE_HOME' | 'HOME'>): string {
  return file ?? join(state ?? join(home ?? homedir(), '.local', 'state'), 'k8s-ai-assistant', 'audit.jsonl')
}
