/** Objects that the series changes, and another writer's updates of them. */
import { at, isRecord } from '../../../../shared/kubernetes/fields'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { Place } from '../identity/operations'

export type Body = Record<string, unknown>

export interface Target {
  /** As in a tool call. */
  resource: string
  collection: string
  path: string
  object: Body
}

export function configMap({ namespace, name }: Place, data: Record<string, string>): Target {
  const collection = `/api/v1/namespaces/${namespace}/configmaps`
  return target('configmap', collection, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data })
}

export function deployment({ namespace, name }: Place, spec: Body = {}): Target {
  const container = { name: 'web', image: 'nginx:1', command: ['sleep', '3600'] }
  const sidecar = { name: 'sidecar', image: 'busybox:1', command: ['sleep', '3600'] }
  const pods = { metadata: { labels: { app: name } }, spec: { containers: [container, sidecar] } }
  return target('deployment', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { replicas: 0, selector: { matchLabels: { app: name } }, template: pods, ...spec },
  })
}

/** An object of the kind from `createGadgets`. */
export function gadget({ namespace, name }: Place, group: string): Target {
  return target(`gadgets.${group}`, `/apis/${group}/v1/namespaces/${namespace}/gadgets`, {
    apiVersion: `${group}/v1`,
    kind: 'Gadget',
    metadata: { name, namespace },
    spec: { size: 1, mode: 'slow' },
  })
}

function target(resource: string, collection: string, object: Body): Target {
  return { resource, collection, path: `${collection}/${String(at(object, 'metadata', 'name'))}`, object }
}

export async function create(api: KubeApi, { collection, object }: Target): Promise<void> {
  await api.send('POST', collection, object)
}

/** The same object with another UID. */
export async function replace(api: KubeApi, one: Target): Promise<void> {
  await api.send('DELETE', one.path, { propagationPolicy: 'Background' })
  await create(api, one)
}

export async function read(api: KubeApi, { path }: Target): Promise<Body> {
  const object = await api.send('GET', path)
  if (!isRecord(object)) throw new Error(`${path} is no object`)
  return object
}

/** Stays equal unless someone other than a controller writes: controllers change status and the revision annotation. */
export function versionOf(object: Body): string {
  const { uid, generation, resourceVersion, labels, annotations } = record(object.metadata)
  const { 'deployment.kubernetes.io/revision': _, ...own } = record(annotations)
  return JSON.stringify([uid, generation ?? resourceVersion, labels, own])
}

export function record(value: unknown): Body {
  return isRecord(value) ? value : {}
}
