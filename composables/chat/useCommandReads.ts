/** The reads of a conversation's commands, one at a time. */
import type { CommandRead } from '../../utils/commands/commandMessages'
import { typedCommand } from '../../utils/commands/typedCommand'
import type { ReadCall } from '../../utils/read/readCluster'

export function useCommandReads() {
  const index = useNameIndex()
  const scope = useScopeStore()
  const { t } = useText()
  let running: AbortController | undefined

  /** @returns undefined if the text is a question, or a command that lacks something */
  async function callOf(text: string): Promise<ReadCall | undefined> {
    const read = await typedCommand(text)
    if (!read || !('input' in read)) return undefined
    const { commandCall } = await import('../../utils/commands/readCommand')
    return commandCall(read, await index.namespaceNames(), scope.namespace)
  }

  /** Not called back after `stop`. */
  async function run(call: ReadCall, onRead: (read: CommandRead) => void): Promise<void> {
    const { signal } = (running = new AbortController())
    const { runCommand } = await import('../../utils/commands/runCommand')
    const read = await runCommand(call, t, signal)
    if (!signal.aborted) onRead(read)
  }

  return { callOf, run, stop: () => running?.abort() }
}
