/** Finds the errors that a server hides in an ordinary result, and says them in the server's own words. */
import { z } from 'zod'
import type { PresentRequest } from '../types'
import { forbiddenWords, targetOf } from './forbidden'

/**
 * mcp-server-kubernetes: `{"error", "status": "not_found"}` for a missing object, `{"status": "failed", …}` without
 * `isError` where helm is missing, `{"success": false, "message"}` where the cluster forbids; a Status of Kubernetes.
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

/** The words of a failure that a JSON value holds, or undefined when it holds none. */
export function hiddenError(value: unknown, call: Call): string | undefined {
  const parsed = failed.safeParse(value)
  if (!parsed.success || (parsed.data.apiVersion && !parsed.data.kind)) return undefined
  const { success, status, error, message, suggestion } = parsed.data
  const says = success === false || (status !== undefined && failures.has(status.toLowerCase()))
  return says ? (words(error, message, suggestion) ?? wordless(value, call)) : undefined
}

/**
 * The words of a result that is marked as an error already: JSON is put into words, what RBAC refused is said in a
 * sentence, the rest is cleared of prefixes.
 */
export function errorWords(text: string, call: Call): string {
  const plain = withoutCommand(withoutPrefixes(jsonError(text) ?? text)).trim()
  return forbiddenWords(plain, call) ?? tooLarge(plain) ?? plain
}

/** mcp-server-kubernetes gives up a command whose output is larger than SPAWN_MAX_BUFFER, and returns nothing of it. */
function tooLarge(text: string): string | undefined {
  if (!/\bENOBUFS\b|maxBuffer length exceeded/.test(text)) return undefined
  return 'The result is larger than the MCP server can return (1 MB unless SPAWN_MAX_BUFFER says otherwise). Narrow it by namespace, name or label selector.'
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

function wordless(value: unknown, { tool, arguments: args }: Call): string {
  const target = targetOf(tool, args)
  return `${tool}${target ? ` of ${target}` : ''} failed, and the server does not say why: ${JSON.stringify(value)}`
}

/** The SDK and mcp-server-kubernetes each put `MCP error -32603: ` before a message, three times over. */
function withoutPrefixes(text: string): string {
  return text.replace(/MCP error -?\d{1,6}: /g, '')
}

/** The command line says no more than the call, but holds its values once more, and the names of temporary files. */
function withoutCommand(text: string): string {
  return text.replace(/Command failed: (?:kubectl|helm) [^\n]*\n(?=\S)/, '')
}
