/** Services, Ingresses, ConfigMaps, claims, autoscalers, and the series' custom kind. */
import { listAt } from '../../../../../shared/kubernetes/fields'
import type { Body } from '../../busy/objects'
import { jsonPatchStep, patchStep } from '../kind'
import type { Kind } from '../kind'
import type { Values } from '../values'
import { METADATA } from './common'

const service: Kind = {
  apiVersion: 'v1',
  kind: 'Service',
  resource: 'svc',
  collection: (namespace) => `/api/v1/namespaces/${namespace}/services`,
  fields: (values, { name }) => ({
    spec: {
      type: values.pick(['ClusterIP', 'NodePort']),
      selector: { app: name },
      ports: [
        { name: 'http', port: values.count(80, 89), targetPort: values.pick<number | string>([8080, 'http']) },
        ...(values.flip() ? [{ name: 'dns', port: 53, protocol: 'UDP' }] : []),
      ],
      ...(values.flip() && { sessionAffinity: 'ClientIP' }),
    },
  }),
  updates: [
    ...METADATA,
    (request) => patchStep(request, { spec: { type: request.values.pick(['ClusterIP', 'NodePort']) } }),
    (request) => patchStep(request, { spec: { selector: { tier: request.values.label() } } }),
    (request) => {
      const port = request.values.count(9000, 9099)
      const used = listAt(request.live, 'spec', 'ports').length
      return jsonPatchStep(request, [{ op: 'add', path: '/spec/ports/-', value: { name: `p-${used}-${port}`, port } }])
    },
  ],
}

const ingress: Kind = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  resource: 'ing',
  collection: (namespace) => `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
  fields: (values, { name }) => ({
    spec: {
      ...(values.flip() && { ingressClassName: 'nginx' }),
      rules: [{ host: `${values.pick(['a', 'b', 'c'])}.example.com`, http: { paths: [backend(values, name)] } }],
      ...(values.flip() && { tls: [{ hosts: ['a.example.com'], secretName: 'tls' }] }),
    },
  }),
  updates: [
    ...METADATA,
    (request) => {
      const http = { paths: [backend(request.values, 'other'), backend(request.values, 'third')] }
      return patchStep(request, { spec: { rules: [{ host: 'd.example.com', http }] } })
    },
    (request) =>
      jsonPatchStep(request, [
        { op: 'replace', path: '/spec/rules/0/host', value: `h${request.values.count(1, 99)}.example.com` },
      ]),
  ],
}

function backend(values: Values, name: string): Body {
  const path = values.pick(['/', '/api', '/x%20y'])
  return { path, pathType: values.pick(['Prefix', 'Exact']), backend: { service: { name, port: { number: 80 } } } }
}

const configMap: Kind = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  resource: 'cm',
  collection: (namespace) => `/api/v1/namespaces/${namespace}/configmaps`,
  fields: (values) => ({
    data: { text: values.text(), 'file.yaml': `a: ${values.count(1, 9)}\nb:\n  - ${values.text()}\n` },
    ...(values.flip() && { binaryData: { bytes: Buffer.from([0, 255, values.count(0, 255)]).toString('base64') } }),
  }),
  updates: [
    ...METADATA,
    (request) => patchStep(request, { data: { text: request.values.text(), more: request.values.text() } }),
    (request) => patchStep(request, { data: { more: null, [`key-${request.values.count(1, 9)}`]: '' } }),
    (request) => jsonPatchStep(request, [{ op: 'add', path: '/data/new', value: request.values.text() }]),
  ],
}

const claim: Kind = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  resource: 'pvc',
  collection: (namespace) => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
  // Only metadata is mutable before binding, and this class provisions nothing.
  fields: () => ({
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'none-of-the-series',
      resources: { requests: { storage: '1Gi' } },
    },
  }),
  updates: METADATA,
}

const autoscaler: Kind = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'hpa',
  collection: (namespace) => `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
  fields: (values, { name }) => {
    const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: values.count(50, 90) } }
    const memory = { name: 'memory', target: { type: 'AverageValue', averageValue: '0.5Gi' } }
    return {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `absent-${name}` },
        minReplicas: values.count(1, 3),
        maxReplicas: values.count(4, 9),
        metrics: [cpu, ...(values.flip() ? [memory] : [])].map((resource) => ({ type: 'Resource', resource })),
      },
    }
  },
  updates: [
    ...METADATA,
    (request) => patchStep(request, { spec: { maxReplicas: request.values.count(10, 20) } }),
    (request) => {
      const scaleDown = { stabilizationWindowSeconds: request.values.count(10, 900) }
      return patchStep(request, { spec: { behavior: { scaleDown } } })
    },
  ],
}

export function gadgets(group: string): Kind {
  return {
    apiVersion: `${group}/v1`,
    kind: 'Gadget',
    resource: `gadgets.${group}`,
    collection: (namespace) => `/apis/${group}/v1/namespaces/${namespace}/gadgets`,
    fields: (values) => ({
      spec: {
        size: values.count(0, 5),
        ...(values.flip() && { mode: values.pick(['slow', 'fast']) }),
        ...(values.flip() && { limits: { memory: values.text() } }),
        ...(values.flip() && { notes: [values.text(), values.text()] }),
      },
    }),
    updates: [
      ...METADATA.slice(0, 2),
      ({ values, place, resource }) => ({
        verb: 'scale',
        call: { tool: 'kubectl_scale', args: { resource, ...place, replicas: values.count(6, 20) } },
      }),
      (request) => patchStep(request, { spec: { limits: { burst: request.values.count(1, 99) } } }, true),
      (request) => patchStep(request, { spec: { mode: null, notes: [request.values.text()] } }, true),
      (request) => jsonPatchStep(request, [{ op: 'add', path: '/spec/notes', value: [request.values.text(), 'x'] }]),
    ],
  }
}

export const OTHERS: readonly Kind[] = [service, ingress, configMap, claim, autoscaler]
