/** The environment of child processes: an allow-list, so that new secrets stay here by default. */
import { childNames, isNamed } from './child-names'
import type { RawEnvironment } from './read'
import { variables } from './schema'

const secrets = new Set(variables.filter(({ secret }) => secret).map(({ name }) => name))
const handedOn = variables.filter(({ forChildren }) => forChildren).map(({ name }) => name)

/** Our own secrets, which MCP_SERVER_ENV cannot pass on. */
export function isOwnSecret(name: string): boolean {
  return secrets.has(name)
}

/**
 * @param more names and prefixes of MCP_SERVER_ENV
 * @returns the environment of an MCP server that we start and of its login programs
 */
export function childEnvironment(env: RawEnvironment, more: readonly string[]): Record<string, string> {
  const names = [...childNames.flatMap((group) => group.names), ...handedOn, ...more]
  return pick(env, (name) => isNamed(name, names) && !isOwnSecret(name))
}

/** @returns the non-empty variables with one of these names */
export function pickEnvironment(env: RawEnvironment, names: readonly string[]): Record<string, string> {
  return pick(env, (name) => isNamed(name, names))
}

/** Removes our secrets, so that no child process inherits them. */
export function forgetSecrets(env: Record<string, string | undefined>): void {
  for (const name of secrets) Reflect.deleteProperty(env, name)
}

function pick(env: RawEnvironment, isWanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]): [string, string][] =>
      value?.trim() && isWanted(name) ? [[name, value.trim()]] : [],
    ),
  )
}
