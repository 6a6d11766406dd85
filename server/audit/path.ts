/** The audit's path: by default in the state folder. */
import { join } from 'node:path'
import type { Environment } from '#shared/environment/schema'
import { stateFolder } from '../config/state-folder'
import type { StatePaths } from '../config/state-folder'

export function auditPath(env: Pick<Environment, 'AUDIT_FILE'> & StatePaths): string {
  return env.AUDIT_FILE ?? join(stateFolder(env), 'audit.jsonl')
}
