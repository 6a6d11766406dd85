/** What a person may ask for that not every MCP server has. */
const VERBS = [
  { words: 'list Helm releases', tools: ['helm_list'] },
  { words: 'install Helm charts', tools: ['helm_install', 'install_helm_chart'] },
  { words: 'upgrade Helm releases', tools: ['helm_upgrade', 'upgrade_helm_chart'] },
  { words: 'uninstall Helm releases', tools: ['helm_uninstall', 'uninstall_helm_chart'] },
  { words: 'restart, undo or pause rollouts', tools: ['kubectl_rollout'] },
  { words: 'patch objects', tools: ['kubectl_patch'] },
  { words: 'cordon or drain nodes', tools: ['kubectl_cordon', 'kubectl_drain', 'node_management'] },
]

/**
 * Says that the server in use lacks what a tool does.
 * @param tool a tool's name, of either server
 * @returns a sentence, or undefined where the server can do it, or nothing is known of the tool
 */
export function missingVerb(tool: string, toolNames: ReadonlySet<string>): string | undefined {
  const verb = VERBS.find(({ tools }) => tools.includes(tool))
  if (!verb || verb.tools.some((each) => toolNames.has(each))) return undefined
  return `The MCP server in use has no tool to ${verb.words}.`
}

/** All that the server in use lacks, e.g. `upgrade Helm releases`. */
export function missingVerbs(toolNames: ReadonlySet<string>): string[] {
  return VERBS.filter(({ tools }) => !tools.some((tool) => toolNames.has(tool))).map(({ words }) => words)
}
