/** The changes of the series. Each object exists in both clusters, so a change would also succeed on the wrong one. */
import { resolve } from 'node:path'
import { ApiError } from '../../../support/kube/kube-api'
import type { KubeApi } from '../../../support/kube/kube-api'
import { at } from '../../../../shared/kubernetes/fields'
import type { ChangeCall } from '../call'

export interface Place {
  namespace: string
  name: string
}

export interface ChangeOperation {
  name: string
  /** Existing objects in both clusters. */
  objects: (place: Place) => Existing[]
  call: (place: Place) => ChangeCall
  /** Whether the cluster shows the change. */
  happened: (api: KubeApi, place: Place) => Promise<boolean>
}

interface Existing {
  collection: string
  object: object
}

export const CHART_FOLDER = resolve(import.meta.dirname, '../../../support/chart')

const configMap = ({ namespace, name }: Place): Existing => ({
  collection: `/api/v1/namespaces/${namespace}/configmaps`,
  object: { metadata: { name, labels: { app: 'soak' } }, data: { level: 'info', size: '10' } },
})

/** Without replicas, so that only the change modifies it. */
const deployment = ({ namespace, name }: Place): Existing => ({
  collection: `/apis/apps/v1/namespaces/${namespace}/deployments`,
  object: {
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image: 'nginx:1', command: ['sleep', '3600'] }] },
      },
    },
  },
})

const manifest = ({ namespace, name }: Place, data: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data })

/** @returns undefined if the object does not exist */
export async function readObject(api: KubeApi, path: string): Promise<unknown> {
  try {
    return await api.send('GET', path)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

const configMapNow = (api: KubeApi, { namespace, name }: Place) =>
  readObject(api, `/api/v1/namespaces/${namespace}/configmaps/${name}`)
const deploymentNow = (api: KubeApi, { namespace, name }: Place) =>
  readObject(api, `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`)
const template = (object: unknown, ...path: string[]) => at(object, 'spec', 'template', ...path)

export const OPERATIONS: readonly ChangeOperation[] = [
  {
    name: 'scale',
    objects: (place) => [deployment(place)],
    call: (place) => ({ tool: 'kubectl_scale', args: { resource: 'deployment', ...place, replicas: 1 } }),
    happened: async (api, place) => at(await deploymentNow(api, place), 'spec', 'replicas') === 1,
  },
  {
    name: 'patch',
    objects: (place) => [configMap(place)],
    call: (place) => ({
      tool: 'kubectl_patch',
      args: { resource: 'configmap', ...place, patch: { data: { level: 'debug' } } },
    }),
    happened: async (api, place) => at(await configMapNow(api, place), 'data', 'level') === 'debug',
  },
  {
    name: 'apply to an object',
    objects: (place) => [configMap(place)],
    call: (place) => ({ tool: 'kubectl_apply', args: { manifest: manifest(place, { level: 'warn', more: '1' }) } }),
    happened: async (api, place) => at(await configMapNow(api, place), 'data', 'more') === '1',
  },
  {
    name: 'apply a new object',
    objects: () => [],
    call: (place) => ({ tool: 'kubectl_apply', args: { manifest: manifest(place, { level: 'new' }) } }),
    happened: async (api, place) => at(await configMapNow(api, place), 'data', 'level') === 'new',
  },
  {
    name: 'create',
    objects: () => [],
    call: (place) => ({ tool: 'kubectl_create', args: { manifest: manifest(place, { level: 'new' }) } }),
    happened: async (api, place) => at(await configMapNow(api, place), 'data', 'level') === 'new',
  },
  {
    name: 'delete',
    objects: (place) => [configMap(place)],
    call: (place) => ({ tool: 'kubectl_delete', args: { resource: 'configmap', ...place } }),
    happened: async (api, place) => (await configMapNow(api, place)) === undefined,
  },
  {
    name: 'label',
    objects: (place) => [configMap(place)],
    call: (place) => ({ tool: 'kubectl_label', args: { resource: 'configmap', ...place, labels: { tier: 'web' } } }),
    happened: async (api, place) => at(await configMapNow(api, place), 'metadata', 'labels', 'tier') === 'web',
  },
  {
    name: 'annotate',
    objects: (place) => [deployment(place)],
    call: (place) => ({ tool: 'kubectl_annotate', args: { resource: 'deploy', ...place, annotations: 'soak=yes' } }),
    happened: async (api, place) => at(await deploymentNow(api, place), 'metadata', 'annotations', 'soak') === 'yes',
  },
  {
    name: 'set an image',
    objects: (place) => [deployment(place)],
    call: (place) => ({ tool: 'kubectl_set', args: { resource: 'deployment', ...place, image: 'nginx:2' } }),
    happened: async (api, place) =>
      JSON.stringify(template(await deploymentNow(api, place), 'spec')).includes('nginx:2'),
  },
  {
    name: 'restart',
    objects: (place) => [deployment(place)],
    call: (place) => ({ tool: 'kubectl_rollout', args: { action: 'restart', resource: 'deployment', ...place } }),
    happened: async (api, place) =>
      template(await deploymentNow(api, place), 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt') !==
      undefined,
  },
]

/** Needs the helm program. */
export const HELM_INSTALL: ChangeOperation = {
  name: 'install a chart',
  objects: () => [],
  call: (place) => ({
    tool: 'helm_install',
    args: { ...place, chart: CHART_FOLDER, values: { replicaCount: 0, greeting: place.name } },
  }),
  happened: async (api, { namespace, name }) => {
    const release = await readObject(api, `/api/v1/namespaces/${namespace}/secrets/sh.helm.release.v1.${name}.v1`)
    return at(release, 'metadata', 'labels', 'status') === 'deployed'
  },
}
