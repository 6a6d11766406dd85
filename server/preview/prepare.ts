import type { Toolbox } from '../mcp/types'
import { prepareCreateOrUpdate, prepareKubectlApply } from './apply'
import { createContext, prepared } from './context'
import type { Preparer } from './context'
import { prepareKubectlCreate } from './create'
import { prepareKubectlDelete, preparePodsDelete, prepareResourcesDelete } from './delete'
import {
  prepareHelmInstall,
  prepareHelmUninstall,
  prepareInstallHelmChart,
  prepareUninstallHelmChart,
  prepareUpgradeHelmChart,
} from './helm'
import { prepareNodeManagement } from './node'
import { note } from './note'
import { prepareKubectlPatch } from './patch'
import { prepareKubectlRollout } from './rollout'
import { preparePodsRun } from './run-pod'
import { prepareContScale, prepareFluxScale } from './scale'
import type { PreparedWrite } from './types'

const PREPARERS = new Map<string, Preparer>([
  // kubernetes-mcp-server
  ['resources_scale', prepareContScale],
  ['resources_create_or_update', prepareCreateOrUpdate],
  ['resources_delete', prepareResourcesDelete],
  ['pods_delete', preparePodsDelete],
  ['pods_run', preparePodsRun],
  ['helm_install', prepareHelmInstall],
  ['helm_uninstall', prepareHelmUninstall],
  // mcp-server-kubernetes
  ['kubectl_scale', prepareFluxScale],
  ['kubectl_apply', prepareKubectlApply],
  ['kubectl_create', prepareKubectlCreate],
  ['kubectl_patch', prepareKubectlPatch],
  ['kubectl_delete', prepareKubectlDelete],
  ['kubectl_rollout', prepareKubectlRollout],
  ['node_management', prepareNodeManagement],
  ['install_helm_chart', prepareInstallHelmChart],
  ['upgrade_helm_chart', prepareUpgradeHelmChart],
  ['uninstall_helm_chart', prepareUninstallHelmChart],
])

/**
 * Prepares a write for a person's approval: reads what it acts on, and says what would change.
 * @param tool the MCP server's own name of the tool
 * @returns the arguments to run, with what the person is shown; what could not be read is said in the notes
 * @throws the signal's reason once it is aborted, and nothing else
 */
export async function prepareWrite(
  tool: string,
  args: Record<string, unknown>,
  toolbox: Toolbox,
  signal: AbortSignal,
): Promise<PreparedWrite> {
  const write = await attempt(tool, args, toolbox, signal)
  if (!JSON.stringify(args).includes('<redacted')) return write
  return { ...write, preview: { ...write.preview, notes: [note('placeholder'), ...write.preview.notes] } }
}

async function attempt(
  tool: string,
  args: Record<string, unknown>,
  toolbox: Toolbox,
  signal: AbortSignal,
): Promise<PreparedWrite> {
  signal.throwIfAborted()
  const prepare = PREPARERS.get(tool)
  if (!prepare) return prepared({ args, notes: [note('unknown-tool', { tool })] })
  try {
    return await prepare(args, createContext(toolbox, signal))
  } catch (error) {
    signal.throwIfAborted()
    return prepared({ args, notes: [note('preview-failed', { tool, words: String(error) })] })
  }
}
