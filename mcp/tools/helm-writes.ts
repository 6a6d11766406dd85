/** The Helm tools that change releases, using the helm program. */
import { helmChangeTool } from '../helm/changes/tool'
import type { HelmChangeTool } from '../helm/changes/types'
import type { HelmConfig } from '../helm/program/config'
import { integer, text } from './properties'

const release = { name: text, namespace: text }
const chart = { chart: text, version: text, values: { type: 'object' } }

/** Descriptions are short: the model reads the schemas with every request. */
export function helmWriteTools(config: HelmConfig): readonly HelmChangeTool[] {
  return [
    helmChangeTool(config, {
      verb: 'install',
      description: 'Install a Helm chart',
      properties: { ...release, ...chart },
      required: ['name', 'chart'],
    }),
    helmChangeTool(config, {
      verb: 'upgrade',
      description: 'Change a Helm release; other values stay',
      properties: { ...release, ...chart },
    }),
    helmChangeTool(config, {
      verb: 'rollback',
      description: 'Default: previous revision',
      properties: { ...release, revision: integer },
    }),
    helmChangeTool(config, { verb: 'uninstall', description: 'Remove a Helm release', properties: release }),
  ]
}
