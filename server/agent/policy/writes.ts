/** What a write may not be, whoever approves it. */
import { redactValue, sanitizeText } from '../../results'
import { isCredential } from './kinds'
import { isObject, quoted, strings } from './plain'
import type { Target } from './targets'

/** A manifest that is text inside something else. */
const SECRET_IN_TEXT = /\bkind\b["']?\s*:\s*["']?secret(?:list)?\b/i

/** What the redaction leaves; to write it would replace what it stands for. */
const MARKER = /<redacted(?:, \d+ bytes)?>/

/** Writes of credentials, and those that could not be shown to whoever is to approve them. */
export function checkContent(args: Record<string, unknown>, targets: readonly Target[]): string | undefined {
  const kind = targets.map((target) => target.kind).find((each) => each !== undefined && isCredential(each))
  const texts = strings(args)
  if (kind !== undefined || texts.some((text) => SECRET_IN_TEXT.test(text)) || isTokenRequest(args)) return CREDENTIAL
  if (texts.some((text) => MARKER.test(text)))
    return 'The arguments hold "<redacted>" where a value was hidden from you: to write it would destroy that value. Leave the field out, or use a patch that does not touch it.'
  if (texts.some((text) => sanitizeText(text) !== text.replaceAll('\r\n', '\n')))
    return 'The arguments hold invisible characters: what cannot be shown cannot be approved.'
  if (JSON.stringify(redactValue(args)) !== JSON.stringify(args))
    return 'The arguments hold what looks like a credential: what cannot be shown cannot be approved. Refer to a Secret that exists, by its name.'
  return undefined
}

const CREDENTIAL =
  'Secrets, tokens and certificates are not written by the assistant. The person makes them with their own kubectl; refer to them by name.'

function isTokenRequest(args: Record<string, unknown>): boolean {
  const { resourceType, secretType } = args
  return (typeof resourceType === 'string' && /\/token\b/i.test(resourceType)) || Boolean(secretType)
}

/** What `helm` may be given: a chart by a repository's name, by an https or oci address, or in a folder of the MCP server. */
export function checkHelm(args: Record<string, unknown>): string | undefined {
  const { chart, repo, values } = args
  if (chart !== undefined && !isChart(chart))
    return `${quoted(String(chart))} is not a chart: give repository/chart, an https:// or oci:// address, or a path without "..".`
  if (repo !== undefined && repo !== '' && !isAddress(repo, ['https:', 'oci:']))
    return `${quoted(String(repo))} is not a chart repository: give its https:// address, without credentials.`
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
