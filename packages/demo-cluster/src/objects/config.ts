/** Namespaces with their automatic contents, ConfigMaps and Secrets. */
import { helmMarks } from '../data/helm'
import { configMaps, namespaces, secrets, type DataRow } from '../data/config'
import { before, metadata, type Scene } from '../scene'
import type { ConfigMap, Namespace, Secret, ServiceAccount, StringMap } from '../types'

export function buildNamespaces(scene: Scene): Namespace[] {
  return namespaces.map(([name, age]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: metadata(scene, {
      kind: 'Namespace',
      name,
      createdAt: before(scene, age),
      labels: { 'kubernetes.io/metadata.name': name },
    }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }))
}

/** Each namespace has one, including new ones. */
export function buildServiceAccounts(scene: Scene, all: Namespace[]): ServiceAccount[] {
  return all.map(({ metadata: { name: namespace, creationTimestamp } }) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(scene, {
      kind: 'ServiceAccount',
      namespace,
      name: 'default',
      createdAt: Date.parse(creationTimestamp),
    }),
  }))
}

export function buildConfigMaps(scene: Scene, all: Namespace[]): ConfigMap[] {
  const certificates = all.map(({ metadata: { name: namespace, creationTimestamp } }) => ({
    namespace,
    name: 'kube-root-ca.crt',
    age: (scene.startedAt - Date.parse(creationTimestamp)) / 1000,
    data: { 'ca.crt': 'The demo cluster speaks plain HTTP and has no certificate authority.\n' },
  }))
  return [...certificates, ...configMaps].map((row) => ({
    apiVersion: 'v1',
    data: row.data,
    kind: 'ConfigMap',
    metadata: metadata(scene, {
      kind: 'ConfigMap',
      namespace: row.namespace,
      name: row.name,
      createdAt: before(scene, row.age),
      ...helmMarks('ConfigMap', row.namespace, row.name),
    }),
  }))
}

export function buildSecrets(scene: Scene): Secret[] {
  return secrets.map((row) => ({
    apiVersion: 'v1',
    data: encoded(row.data),
    kind: 'Secret',
    metadata: metadata(scene, {
      kind: 'Secret',
      namespace: row.namespace,
      name: row.name,
      createdAt: before(scene, row.age),
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': lastApplied(row) },
    }),
    type: 'Opaque',
  }))
}

function encoded(data: StringMap): StringMap {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
}

/** `kubectl apply` also stores the values in an annotation, in plain text: a second place to redact. */
function lastApplied(row: DataRow): string {
  const { namespace, name, data } = row
  const applied = { apiVersion: 'v1', kind: 'Secret', metadata: { annotations: {}, name, namespace }, stringData: data }
  return `${JSON.stringify(applied)}\n`
}
