/** Completes the one-line answers of writing tools, which omit the object, or that nothing happened. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { PresentRequest } from '../types'
import { targetOf } from './forbidden'
import { errorText, okText, type Reading } from './reading'

/** The complete answer to a change; undefined if the text suffices. */
export function readChange({ tool, arguments: args }: PresentRequest, text: string): Reading | undefined {
  const line = text.trim()
  if (line.length > 1000) return undefined
  if (/^(?:Resource|Pod) deleted successfully$/.test(line))
    return okText(msg('foreign-deleted', { target: targetOf(tool, args) }))
  const missing = tool === 'helm_uninstall' && /^Release (\S+) not found$/.exec(line)
  if (missing) return errorText(notUninstalled(missing[1] ?? '', args['namespace']))
  // Nothing was done, although mcp-server-kubernetes does not report an error.
  if (/^Drain operation requires explicit confirmation/.test(line)) return errorText(line)
  // Its patch says `patched` for a dry run too.
  if (args['dryRun'] === true && /^\S+ patched\b/.test(line) && !/dry run/i.test(line))
    return okText(msg('foreign-dry-run', { line }))
  return undefined
}

/** kubernetes-mcp-server lets Helm ignore lookup errors, including forbidden Secrets. */
function notUninstalled(release: string, namespace: unknown): Message {
  return typeof namespace === 'string' && namespace !== ''
    ? msg('foreign-not-uninstalled-in', { release, namespace })
    : msg('foreign-not-uninstalled', { release })
}
