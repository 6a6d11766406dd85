import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'

/** Actions that not every MCP server supports. */
const VERBS = [
  { verb: msg('verb-list-releases'), tools: ['helm_list'] },
  { verb: msg('verb-install-charts'), tools: ['helm_install', 'install_helm_chart'] },
  { verb: msg('verb-upgrade-releases'), tools: ['helm_upgrade', 'upgrade_helm_chart'] },
  { verb: msg('verb-uninstall-releases'), tools: ['helm_uninstall', 'uninstall_helm_chart'] },
  { verb: msg('verb-rollouts'), tools: ['kubectl_rollout'] },
  { verb: msg('verb-patch'), tools: ['kubectl_patch'] },
  { verb: msg('verb-nodes'), tools: ['kubectl_cordon', 'kubectl_drain', 'node_management'] },
]

/**
 * Explains that the MCP server lacks a tool's action.
 * @param tool a tool's name on any server
 * @returns a sentence; undefined if the server supports it or the tool is unknown
 */
export function missingVerb(tool: string, toolNames: ReadonlySet<string>): Message | undefined {
  const found = VERBS.find(({ tools }) => tools.includes(tool))
  if (!found || found.tools.some((each) => toolNames.has(each))) return undefined
  return msg('call-no-verb', { verb: found.verb })
}

/** All actions that the MCP server lacks, e.g. `upgrade Helm releases`. */
export function missingVerbs(toolNames: ReadonlySet<string>): string[] {
  return VERBS.filter(({ tools }) => !tools.some((tool) => toolNames.has(tool))).map(({ verb }) => verb.text)
}
