/** The assistant's tool that adds others to the offer. */
export const MORE_TOOLS = 'more_tools'

/**
 * @param description `Adds tools: changes (set, label); nodes (cordon, drain).`
 * @returns the groups by the tools that they add, named without prefix
 */
export function groupsIn(description: string): Map<string, string> {
  const groups = description.matchAll(/(\w+) \(([^)]*)\)/g)
  return new Map([...groups].flatMap(([, group = '', names = '']) => names.split(', ').map((name) => [name, group])))
}

export function shortName(name: string): string {
  return name.replace(/^(?:kubectl|helm)_/, '')
}
