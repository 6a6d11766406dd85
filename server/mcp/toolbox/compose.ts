/** Combines two toolboxes: our own server's, and a few tools of another one. */
import type { ToolEntry, Toolbox } from './types'

/** @param added names of tools of `other` that replace those of `own` */
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
