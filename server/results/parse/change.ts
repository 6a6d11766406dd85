/** Completes the one-line answers of writing tools, which omit the object, or that nothing happened. */
import type { PresentRequest } from '../types'
import { targetOf } from './forbidden'
import { errorText, okText, type Reading } from './reading'

/** The complete answer to a change; undefined if the text suffices. */
export function readChange({ tool, arguments: args }: PresentRequest, text: string): Reading | undefined {
  const line = text.trim()
  if (line.length > 1000) return undefined
  if (/^(?:Resource|Pod) deleted successfully$/.test(line)) return okText(`Deleted: ${targetOf(tool, args)}.`)
  const missing = tool === 'helm_uninstall' && /^Release (\S+) not found$/.exec(line)
  if (missing) return errorText(notUninstalled(missing[1] ?? '', args['namespace']))
  // Nothing was done, although mcp-server-kubernetes does not report an error.
  if (/^Drain operation requires explicit confirmation/.test(line)) return errorText(line)
  // Its patch says `patched` for a dry run too.
  if (args['dryRun'] === true && /^\S+ patched\b/.test(line) && !/dry run/i.test(line))
    return okText(`${line} (dry run: nothing was changed)`)
  return undefined
}

/** kubernetes-mcp-server lets Helm ignore lookup errors, including forbidden Secrets. */
function notUninstalled(release: string, namespace: unknown): string {
  const where = typeof namespace === 'string' && namespace !== '' ? ` in namespace ${namespace}` : ''
  return `Nothing was uninstalled: the release ${release} was not found${where}. This is also the answer when the user is forbidden to list secrets${where}, where Helm keeps its releases.`
}
