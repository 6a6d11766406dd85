/** The Helm read tools. They read Helm's storage in the cluster and need no helm program. */
import { listReleases } from '../helm/list-releases'
import { releaseHistory } from '../helm/release-history'
import { releaseValues } from '../helm/release-values'
import type { ReadTool } from './tool'

const text = { type: 'string' }

export const helmList: ReadTool = {
  name: 'helm_list',
  description: 'Helm releases with status and chart',
  properties: { namespace: text },
  run: listReleases,
}

export const helmHistory: ReadTool = {
  name: 'helm_history',
  description: 'Revisions of a Helm release',
  properties: { name: text, namespace: text },
  required: ['name'],
  run: releaseHistory,
}

export const helmValues: ReadTool = {
  name: 'helm_values',
  description: 'Values of a Helm release',
  properties: { name: text, namespace: text, revision: { type: 'integer' } },
  required: ['name'],
  run: releaseValues,
}
