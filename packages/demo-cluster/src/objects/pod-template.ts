/** The pod template of a workload row, and the pod spec that the API server derives from a template. */
import type { Workload } from '../data/workload'
import { safeSuffix } from '../scene'
import type { Container, PodSpec, PodTemplate, StringMap, Toleration, Volume } from '../types'

export function selectorLabels(workload: Workload): StringMap {
  return workload.labels ?? { app: workload.name }
}

export function podTemplate(workload: Workload, extraLabels: StringMap = {}): PodTemplate {
  return {
    metadata: { labels: { ...selectorLabels(workload), ...extraLabels } },
    spec: {
      containers: [container(workload)],
      dnsPolicy: 'ClusterFirst',
      ...(workload.hostNetwork && { hostNetwork: true }),
      ...(workload.nodeSelector && { nodeSelector: workload.nodeSelector }),
      ...(workload.priorityClass && { priorityClassName: workload.priorityClass }),
      restartPolicy: workload.kind === 'Job' ? 'Never' : 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      ...(workload.tolerations && { tolerations: workload.tolerations }),
    },
  }
}

function container(workload: Workload): Container {
  const { port, env = {}, secretEnv = {}, claim } = workload
  const variables = [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnv).map(([name, [secret, key]]) => ({
      name,
      valueFrom: { secretKeyRef: { key, name: secret } },
    })),
  ]
  return {
    ...(workload.command && { command: workload.command }),
    ...(variables.length > 0 && { env: variables }),
    image: workload.image,
    imagePullPolicy: 'IfNotPresent',
    name: workload.container ?? workload.name,
    ...(port && { ports: [{ containerPort: port.number, name: port.name, protocol: 'TCP' }] }),
    resources: {
      ...(workload.limits && { limits: workload.limits }),
      ...(workload.requests && { requests: workload.requests }),
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...(claim && { volumeMounts: [{ mountPath: claim.mountPath, name: claim.name }] }),
  }
}

/** Adds what admission adds: node, service account token, priority and default tolerations. */
export function podSpec(
  spec: PodSpec,
  pod: { name: string; node: string; claim?: string; isStatic: boolean },
): PodSpec {
  const volumes = [
    ...(spec.volumes ?? []),
    ...(pod.claim ? [{ name: pod.claim, persistentVolumeClaim: { claimName: `${pod.claim}-${pod.name}` } }] : []),
  ]
  const placed: PodSpec = {
    ...spec,
    enableServiceLinks: true,
    ...(pod.node && { nodeName: pod.node }),
    preemptionPolicy: 'PreemptLowerPriority',
    priority: priority(spec),
    volumes,
  }
  // A static pod has no service account and already tolerates everything.
  if (pod.isStatic) return placed
  const token = `kube-api-access-${safeSuffix(`token/${pod.name}`, 5)}`
  const mount = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: token, readOnly: true }
  const account = spec.serviceAccountName ?? 'default'
  return {
    ...placed,
    containers: placed.containers.map((each) => ({ ...each, volumeMounts: [...(each.volumeMounts ?? []), mount] })),
    serviceAccount: account,
    serviceAccountName: account,
    tolerations: [...(spec.tolerations ?? []), ...defaultTolerations],
    volumes: [...volumes, tokenVolume(token)],
  }
}

function priority({ priorityClassName }: PodSpec): number {
  if (priorityClassName === 'system-node-critical') return 2000001000
  return priorityClassName === 'system-cluster-critical' ? 2000000000 : 0
}

const defaultTolerations: Toleration[] = ['not-ready', 'unreachable'].map((taint) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${taint}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}))

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
        {
          downwardAPI: {
            items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
          },
        },
      ],
    },
  }
}
