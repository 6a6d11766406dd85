/** The folder for what outlives the process: audit, evaluation, self-signed certificate. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '#shared/environment/schema'

export type StatePaths = Partial<Pick<Environment, 'XDG_STATE_HOME' | 'HOME'>>

/** The path of the user's state folder of this program (XDG Base Directory Specification); it may not exist yet. */
export function stateFolder({ XDG_STATE_HOME: state, HOME: home }: StatePaths): string {
  return join(state ?? join(home ?? homedir(), '.local', 'state'), 'k8s-ai-assistant')
}
