/** Finds errors that a server hides in an ordinary result, and extracts their message. */
import { z } from 'zod'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { PresentRequest } from '../types'
import { forbiddenWords, targetOf } from './forbidden'

/**
 * mcp-server-kubernetes: `{"error", "status": "not_found"}` for a missing object, `{"status": "failed", …}` without
 * `isError` if helm is missing, `{"success": false, "message"}` if the cluster forbids it; a Status of Kubernetes.
 */
const failed = z.object({
  kind: z.literal('Status').optional(),
  apiVersion: z.string().optional(),
  success: z.boolean().optional(),
  status: z.string().optional(),
  error: z.unknown().optional(),
  message: z.unknown().optional(),
  suggestion: z.unknown().optional(),
})

const failures = new Set(['failed', 'failure', 'error', 'not_found', 'general_error', 'multi_container_error'])

type Call = Pick<PresentRequest, 'tool' | 'arguments'>

/** The error message in a JSON value, or undefined if there is none. */
export function hiddenError(value: unknown, call: Call): string | Message | undefined {
  const parsed = failed.safeParse(value)
  if (!parsed.success || (parsed.data.apiVersion && !parsed.data.kind)) return undefined
  const { success, status, error, message, suggestion } = parsed.data
  const says = success === false || (status !== undefined && failures.has(status.toLowerCase()))
  return says ? (words(error, message, suggestion) ?? wordless(value, call)) : undefined
}

/** The message of a result marked as an error: extracted from JSON, RBAC refusals as a sentence, prefixes removed. */
export function errorWords(text: string, call: Call): string | Message {
  const plain = withoutCommand(withoutPrefixes(jsonError(text) ?? text)).trim()
  return forbiddenWords(plain, call) ?? tooLarge(plain) ?? plain
}

/** mcp-server-kubernetes aborts a command whose output exceeds SPAWN_MAX_BUFFER, and returns none of it. */
function tooLarge(text: string): Message | undefined {
  if (!/\bENOBUFS\b|maxBuffer length exceeded/.test(text)) return undefined
  return msg('foreign-too-large')
}

function jsonError(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const parsed = failed.safeParse(JSON.parse(text))
    return parsed.success ? words(parsed.data.error, parsed.data.message, parsed.data.suggestion) : undefined
  } catch {
    return undefined
  }
}

function words(...parts: unknown[]): string | undefined {
  const said = parts.filter((part) => typeof part === 'string' && part !== '')
  return said.length > 0 ? said.join('\n') : undefined
}

function wordless(answer: unknown, { tool, arguments: args }: Call): Message {
  const target = targetOf(tool, args)
  const value = JSON.stringify(answer)
  return target === '' ? msg('foreign-failed', { tool, value }) : msg('foreign-failed-of', { tool, target, value })
}

/** The SDK and mcp-server-kubernetes both add `MCP error -32603: `, three times in total. */
function withoutPrefixes(text: string): string {
  return text.replace(/MCP error -?\d{1,6}: /g, '')
}

/** The command line adds nothing to the call, but repeats its values and names temporary files. */
function withoutCommand(text: string): string {
  return text.replace(/Command failed: (?:kubectl|helm) [^\n]*\n(?=\S)/, '')
}
