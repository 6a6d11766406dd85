/** Two toolboxes as one: those of our own server, and a few that another one adds. */
import type { ToolEntry, Toolbox } from './types'

/**
 * @param added names of the tools of `other` that are in use, in the place of the tools of `own` with the same names
 */
export function composeToolboxes(own: Toolbox, other: Toolbox, added: ReadonlySet<string>): Toolbox {
  const isOther = (name: string) => added.has(name) && other.tools().some((entry) => entry.name === name)
  return {
    tools: (): ToolEntry[] => [
      ...own.tools().filter(({ name }) => !isOther(name)),
      ...other.tools().filter(({ name }) => added.has(name)),
    ],
    call: (name, args, options) => (isOther(name) ? other : own).call(name, args, options),
  }
}
