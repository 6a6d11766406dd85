/** The reads of a conversation's commands and runbooks, one after another, and the dry runs of its manifests. */
import { generateId } from 'ai'
import type { AttachedManifest } from '../../stores/attachments'
import type { CommandPlan, CommandRead, OpenRead } from '../../utils/commands/commandMessages'
import { dryRunCall } from '../../utils/commands/dryRunCall'
import { typedCommand } from '../../utils/commands/typedCommand'

export function useCommandReads() {
  const index = useNameIndex()
  const scope = useScopeStore()
  const { t } = useText()
  let running: AbortController | undefined
  /** By the text that asks for their dry run. Gone with the page: the conversation never holds them. */
  const manifests = new Map<string, AttachedManifest>()

  /** @returns the text that asks for its dry run */
  function remember(manifest: AttachedManifest): string {
    const text = t('attachments.dryRunOf', { name: manifest.name }).trim()
    manifests.set(text, manifest)
    return text
  }

  /** False for a dry run whose manifest is gone. */
  const isKnown = (text: string) => text.startsWith('/') || manifests.has(text)

  /** @returns undefined if the text is a question, or a command that lacks something */
  async function planOf(text: string): Promise<CommandPlan | undefined> {
    const manifest = manifests.get(text)
    if (manifest) return { reads: [{ callId: generateId(), call: dryRunCall(manifest, scope.namespace) }] }
    const typed = await typedCommand(text)
    if (!typed || typed.type === 'wrong') return undefined
    const { commandCall } = await import('#shared/commands/read-command')
    const namespaces = await index.namespaceNames()
    const commands = typed.type === 'command' ? [typed.complete] : typed.complete.steps
    const [first, ...others] = commands.map((command): OpenRead => ({
      callId: generateId(),
      call: commandCall(command, namespaces, scope.namespace),
    }))
    if (!first) return undefined
    if (typed.type === 'command') return { reads: [first] }
    const { runbook, ask } = typed.complete
    const head = { title: runbook.title, ...(runbook.text !== undefined && { text: runbook.text }) }
    return { reads: [first, ...others], runbook: head, ...(ask !== undefined && { ask }) }
  }

  /**
   * Not called back after `stop`.
   * @param onRead gets each read, and the one that follows
   * @returns whether it came to its end
   */
  async function run(
    reads: readonly OpenRead[],
    onRead: (callId: string, read: CommandRead, next?: OpenRead) => void,
  ): Promise<boolean> {
    const { signal } = (running = new AbortController())
    const { runCommand } = await import('../../utils/commands/runCommand')
    for (const [at, { call, callId }] of reads.entries()) {
      const read = await runCommand(call, t, signal)
      if (signal.aborted) return false
      onRead(callId, read, reads[at + 1])
    }
    return true
  }

  return { planOf, remember, isKnown, run, stop: () => running?.abort() }
}
