/** What we set ourselves in a call that may run, whatever the model wrote. */
import { HIDDEN_ARGUMENTS } from './arguments'

/**
 * - mcp-server-kubernetes: its default list calls a 0/2 Deployment "Active" and fails at 5,000 pods; `wide` is kubectl's
 *   own table. A single object is YAML.
 * - Logs without a bound would fill its 1 MiB buffer and fail (`ENOBUFS`).
 * - Its `rollout status` waits for the end of the rollout, and answers nobody else in the meantime.
 */
export function withDefaults(tool: string, args: Record<string, unknown>): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !HIDDEN_ARGUMENTS.has(name)))
  if (tool === 'kubectl_get') return { ...own, output: own.name && own.output !== 'wide' ? 'yaml' : 'wide' }
  if (tool === 'kubectl_logs') return { ...own, tail: boundedTail(own.tail) }
  if (tool === 'pods_log') return { ...own, tail: boundedTail(own.tail) }
  if (tool === 'nodes_log') return { ...own, tailLines: boundedTail(own.tailLines) }
  if (tool === 'kubectl_rollout' && own.subCommand === 'status') return { ...own, watch: false, timeout: '5s' }
  return own
}

const DEFAULT_TAIL = 200
const MAX_TAIL = 2000

function boundedTail(tail: unknown): number {
  const lines = Number(tail)
  if (!Number.isInteger(lines) || lines <= 0) return DEFAULT_TAIL
  return Math.min(lines, MAX_TAIL)
}
