/** What a write may not be, whoever approves it. */
import { redactValue, sanitizeText } from '../../results'
import { isCredential } from '#shared/kubernetes/kinds'
import { manifestObjects } from '../../mcp/servers/targets'
import type { Target } from '../../mcp/servers/targets'
import { isObject, strings, words } from './plain'

/** A manifest that is text inside something else. */
const SECRET_IN_TEXT = /\bkind\b["']?\s*:\s*["']?secret(?:list)?\b/i

/** What the redaction leaves; to write it would replace what it stands for. */
const MARKER = /<redacted(?:, \d+ bytes)?>/

/**
 * Writes of credentials, and those that could not be shown to a person who is to approve them.
 * @param manifestName the argument that is a manifest
 */
export function checkContent(
  args: Record<string, unknown>,
  targets: readonly Target[],
  manifestName?: string,
): string | undefined {
  const kind = targets.map((target) => target.kind).find((each) => each !== undefined && isCredential(each))
  const texts = strings(args)
  if (kind !== undefined || texts.some((text) => SECRET_IN_TEXT.test(text)) || isTokenRequest(args)) return CREDENTIAL
  if (texts.some((text) => MARKER.test(text)))
    return 'The arguments hold "<redacted>" where a value was hidden from you: to write it would destroy that value. Leave the field out, or use a patch that does not touch it.'
  if (texts.some((text) => sanitizeText(text) !== text.replaceAll('\r\n', '\n')))
    return 'The arguments hold invisible characters: what cannot be shown cannot be approved.'
  if (holdsCredential(parsed(args, manifestName)))
    return 'The arguments hold what looks like a credential: what cannot be shown cannot be approved. Refer to a Secret that exists, by its name.'
  return undefined
}

/** True if the redaction would hide something of it, but for what is public by its nature. */
export function holdsCredential(args: Record<string, unknown>): boolean {
  const open = withoutPublic(args)
  return JSON.stringify(redactValue(open)) !== JSON.stringify(open)
}

function parsed(args: Record<string, unknown>, name: string | undefined): Record<string, unknown> {
  const objects = name === undefined || args[name] === undefined ? undefined : manifestObjects(args[name])
  return name === undefined || !Array.isArray(objects) ? args : { ...args, [name]: objects }
}

/** A copy without certificates of authorities and without what only a controller in the cluster can decrypt (writes-28). */
export function withoutPublic(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPublic)
  if (!isObject(value)) return value
  const isSealed = value.kind === 'SealedSecret'
  const { spec } = value
  const open = isSealed && isObject(spec) ? { ...value, spec: { ...spec, encryptedData: undefined } } : value
  const fields = Object.entries(open).filter(([name, each]) => name !== 'caBundle' || !isCertificate(each))
  return Object.fromEntries(fields.map(([name, each]) => [name, withoutPublic(each)]))
}

/** A certificate and nothing else, as PEM or as its Base64. */
function isCertificate(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const text = value.startsWith('-----') ? value : Buffer.from(value, 'base64').toString('latin1')
  return /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/.test(text)
}

export const CREDENTIAL =
  'Secrets, tokens and certificates are not written by the assistant. The person makes them with their own kubectl; refer to them by name.'

function isTokenRequest(args: Record<string, unknown>): boolean {
  const { resourceType, secretType } = args
  return (typeof resourceType === 'string' && /\/token\b/i.test(resourceType)) || Boolean(secretType)
}

/** What `helm` may be given: a chart by a repository's name, by an https or oci address, or in a folder of the MCP server. */
export function checkHelm(args: Record<string, unknown>): string | undefined {
  const { chart, repo, values } = args
  if (chart !== undefined && !isChart(chart))
    return `${words(chart)} is not a chart: give repository/chart, an https:// or oci:// address, or a path without "..".`
  if (repo !== undefined && repo !== '' && !isAddress(repo, ['https:', 'oci:']))
    return `${words(repo)} is not a chart repository: give its https:// address, without credentials.`
  if (values !== undefined && values !== null && !isObject(values))
    return 'The values must be an object. Files of values are not read.'
  return undefined
}

function isChart(chart: unknown): boolean {
  if (typeof chart !== 'string' || chart === '') return false
  if (chart.includes('://')) return isAddress(chart, ['https:', 'oci:'])
  return /^[A-Za-z0-9./][A-Za-z0-9._/-]*$/.test(chart) && !chart.split('/').includes('..')
}

function isAddress(address: unknown, protocols: readonly string[]): boolean {
  if (typeof address !== 'string' || !URL.canParse(address) || /[\s\\]/.test(address)) return false
  const { protocol, username, password } = new URL(address)
  return protocols.includes(protocol) && username === '' && password === ''
}
