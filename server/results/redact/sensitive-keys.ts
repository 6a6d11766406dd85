/** Which names promise that their value is a credential. */

/**
 * Ends of names. They are ends, since `secretName`, `tokenExpirationSeconds` and `passwordPolicy` are harmless; and
 * `secret` counts only in the capitals of an environment variable, since in a manifest it is the name of a Secret.
 */
export const sensitiveEnds = [
  'passw(?:or)?d',
  'passphrase',
  'token',
  'api[_-]?key',
  'access[_-]?key',
  'secret[_-]key',
  'private[_-]?key',
  'client[_-]?secret',
  'client-key-data',
  'client-certificate-data',
  'x-mcp-auth',
  'secret',
].join('|')

const ends = new RegExp(`(?:${sensitiveEnds})$`, 'i')

/** True when a value under this name is taken for a credential. `name` may be cut at its front, but not at its end. */
export function isSensitiveKey(name: string): boolean {
  const match = ends.exec(name.slice(-64))
  if (!match) return false
  return match[0].toLowerCase() !== 'secret' || /(?:^|[_\W])SECRET$/.test(name.slice(-64))
}
