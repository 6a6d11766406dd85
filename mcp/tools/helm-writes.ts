/** The Helm tools that change releases, by the helm program. */
import { helmChangeTool } from '../helm/changes/tool'
import type { HelmChangeTool } from '../helm/changes/types'
import type { HelmConfig } from '../helm/program/config'
import { integer, text } from './properties'

const release = { name: text, namespace: text }
const chart = { chart: text, repo: text, version: text, values: { type: 'object' } }

export function helmWriteTools(config: HelmConfig): readonly HelmChangeTool[] {
  return [
    helmChangeTool(config, {
      verb: 'install',
      description: 'Install a chart as a Helm release',
      properties: { ...release, ...chart },
      required: ['name', 'chart'],
    }),
    helmChangeTool(config, {
      verb: 'upgrade',
      description: 'Change values or chart of a Helm release; values not given stay',
      properties: { ...release, ...chart },
      required: ['name'],
    }),
    helmChangeTool(config, {
      verb: 'rollback',
      description: 'Roll a Helm release back, to the previous revision by default',
      properties: { ...release, revision: integer },
      required: ['name'],
    }),
    helmChangeTool(config, {
      verb: 'uninstall',
      description: 'Uninstall a Helm release',
      properties: release,
      required: ['name'],
    }),
  ]
}
