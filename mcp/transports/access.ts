/** Request authorisation: the bearer token, and the Host and Origin headers that reveal a foreign web page. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../config'

export interface AccessRules {
  /** Absent: anyone who can reach the address has access. */
  token?: string
  /** Allowed host names besides loopback. `any` requires a token, which a foreign web page does not have. */
  hosts: readonly string[] | 'any'
}

export type AccessDecision =
  /** `caller` is a hash of the token, empty if none was sent. */
  { allowed: true; caller: string } | { allowed: false; status: 401 | 403; reason: string }

export function checkAccess({ headers }: IncomingMessage, { token, hosts }: AccessRules): AccessDecision {
  const host = headers.host ?? ''
  if (hosts !== 'any' && !isKnownHost(host, hosts))
    return { allowed: false, status: 403, reason: 'This Host header is not allowed. See MCP_ALLOWED_HOSTS.' }
  if (headers.origin !== undefined && !isSameOrigin(headers.origin, host))
    return { allowed: false, status: 403, reason: 'Requests of web pages of another origin are not allowed.' }
  const sent = sentTokens(headers)
  if (token === undefined) return { allowed: true, caller: sent[0] === undefined ? '' : hashOf(sent[0]) }
  if (!sent.some((each) => isEqual(each, token)))
    return { allowed: false, status: 401, reason: 'The token in Authorization or X-MCP-AUTH is missing or wrong.' }
  return { allowed: true, caller: hashOf(token) }
}

/** Compares two strings in constant time. */
export function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function sentTokens(headers: IncomingMessage['headers']): string[] {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const own = headers['x-mcp-auth']
  return [bearer, typeof own === 'string' ? own : undefined].filter((each) => each !== undefined)
}

function isKnownHost(host: string, hosts: readonly string[]): boolean {
  const url = `http://${host}`
  if (host === '' || !URL.canParse(url)) return false
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return (
    isLoopback(name) || hosts.some((each) => each.toLowerCase() === name || each.toLowerCase() === host.toLowerCase())
  )
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}

function hashOf(token: string): string {
  return digest(token).toString('hex')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
