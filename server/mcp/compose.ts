/** Two toolboxes as one: one server's tools for reading, and what another can change. */
import { knownTool } from './servers'
import type { ToolEntry, Toolbox } from './types'

/**
 * The model is offered all tools of `reads`, and of `changes` those that write. What `changes` reads stays callable by the
 * server's own code, for previews, and is hidden from the model. A name that both have is that of `reads`.
 */
export function composeToolboxes(reads: Toolbox, changes: Toolbox): Toolbox {
  const isOfReads = (name: string) => reads.tools().some((entry) => entry.name === name)
  return {
    tools() {
      const own = reads.tools()
      const taken = new Set(own.flatMap(({ name, model }) => [name, model.name]))
      const others = changes.tools().filter(({ name, model }) => !taken.has(name) && !taken.has(model.name))
      return [...own, ...others.map((entry): ToolEntry => (onlyReads(entry) ? { ...entry, isHidden: true } : entry))]
    },
    call: (name, args, options) => (isOfReads(name) ? reads : changes).call(name, args, options),
  }
}

function onlyReads({ name, server }: ToolEntry): boolean {
  return knownTool(name, server)?.effect === 'read'
}
