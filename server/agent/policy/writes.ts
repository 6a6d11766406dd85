/** Writes that are forbidden even with approval. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { redactValue, sanitizeText } from '../../results'
import { isCredential } from '#shared/kubernetes/kinds'
import { manifestObjects } from '../../mcp/servers/targets'
import type { Target } from '../../mcp/servers/targets'
import { isObject, strings, words } from './plain'

/** A manifest embedded in another text. */
const SECRET_IN_TEXT = /\bkind\b["']?\s*:\s*["']?secret(?:list)?\b/i

/** A redaction marker; writing it would overwrite the real value. */
const MARKER = /<redacted(?:, \d+ bytes)?>/

/**
 * Refuses writes of credentials, which cannot be shown for approval.
 * @param manifestName the argument with a manifest
 */
export function checkContent(
  args: Record<string, unknown>,
  targets: readonly Target[],
  manifestName?: string,
): Message | undefined {
  const kind = targets.map((target) => target.kind).find((each) => each !== undefined && isCredential(each))
  const texts = strings(args)
  if (kind !== undefined || texts.some((text) => SECRET_IN_TEXT.test(text)) || isTokenRequest(args)) return CREDENTIAL
  if (texts.some((text) => MARKER.test(text))) return msg('policy-marker')
  if (texts.some((text) => sanitizeText(text) !== text.replaceAll('\r\n', '\n'))) return msg('policy-invisible')
  if (holdsCredential(parsed(args, manifestName))) return msg('policy-holds-credential')
  return undefined
}

/** True if redaction would hide part of it, other than public data. */
export function holdsCredential(args: Record<string, unknown>): boolean {
  const open = withoutPublic(args)
  return JSON.stringify(redactValue(open)) !== JSON.stringify(open)
}

function parsed(args: Record<string, unknown>, name: string | undefined): Record<string, unknown> {
  const objects = name === undefined || args[name] === undefined ? undefined : manifestObjects(args[name])
  return name === undefined || !Array.isArray(objects) ? args : { ...args, [name]: objects }
}

/** A copy without CA certificates and data that only a controller in the cluster can decrypt (writes-28). */
export function withoutPublic(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPublic)
  if (!isObject(value)) return value
  const isSealed = value.kind === 'SealedSecret'
  const { spec } = value
  const open = isSealed && isObject(spec) ? { ...value, spec: { ...spec, encryptedData: undefined } } : value
  const fields = Object.entries(open).filter(([name, each]) => name !== 'caBundle' || !isCertificate(each))
  return Object.fromEntries(fields.map(([name, each]) => [name, withoutPublic(each)]))
}

/** A certificate alone, as PEM or its base64. */
function isCertificate(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const text = value.startsWith('-----') ? value : Buffer.from(value, 'base64').toString('latin1')
  return /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/.test(text)
}

export const CREDENTIAL = msg('policy-credential')

function isTokenRequest(args: Record<string, unknown>): boolean {
  const { resourceType, secretType } = args
  return (typeof resourceType === 'string' && /\/token\b/i.test(resourceType)) || Boolean(secretType)
}

/** Chart sources that `helm` may use: a repository's name, an https or oci address, or a folder of the MCP server. */
export function checkHelm(args: Record<string, unknown>): Message | undefined {
  const { chart, repo, values } = args
  if (chart !== undefined && !isChart(chart)) return msg('policy-not-a-chart', { chart: words(chart) })
  if (repo !== undefined && repo !== '' && !isAddress(repo, ['https:', 'oci:']))
    return msg('policy-not-a-repo', { repo: words(repo) })
  if (values !== undefined && values !== null && !isObject(values)) return msg('policy-values')
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
