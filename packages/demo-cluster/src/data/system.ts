/** Namespaces kube-system and monitoring: all healthy. */
import type { Toleration } from '../types'
import { componentLog, corednsLog, nodeExporterLog, prometheusLog, type LogScript } from './logs'
import { CLUSTER_AGE, CONTROL_PLANE, PLATFORM_AGE, WORKERS, type Workload } from './workload'

const [first = '', second = ''] = WORKERS

const tolerateAll: Toleration[] = [{ operator: 'Exists' }]

export const monitoring: Workload[] = [
  {
    kind: 'Deployment',
    namespace: 'monitoring',
    name: 'prometheus',
    behaviour: 'healthy',
    age: PLATFORM_AGE,
    nodes: [first],
    image: 'prom/prometheus:v3.4.0',
    port: { name: 'web', number: 9090 },
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { memory: '1Gi' },
    log: prometheusLog,
  },
  {
    kind: 'DaemonSet',
    namespace: 'monitoring',
    name: 'node-exporter',
    behaviour: 'healthy',
    age: PLATFORM_AGE,
    nodes: WORKERS,
    image: 'prom/node-exporter:v1.9.1',
    port: { name: 'metrics', number: 9100 },
    requests: { cpu: '20m', memory: '32Mi' },
    hostNetwork: true,
    log: nodeExporterLog,
  },
]

function staticPod(name: string, cpu: string, log: LogScript): Workload {
  return {
    kind: 'StaticPod',
    namespace: 'kube-system',
    name,
    behaviour: 'healthy',
    age: CLUSTER_AGE,
    nodes: [CONTROL_PLANE],
    image: `registry.example.com/kubernetes/${name}:v1.33.1`,
    labels: { component: name, tier: 'control-plane' },
    command: [name],
    requests: { cpu },
    hostNetwork: true,
    priorityClass: 'system-node-critical',
    tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
    log,
  }
}

export const kubeSystem: Workload[] = [
  {
    kind: 'Deployment',
    namespace: 'kube-system',
    name: 'coredns',
    behaviour: 'healthy',
    age: CLUSTER_AGE,
    nodes: [first, second],
    image: 'registry.example.com/kubernetes/coredns:v1.12.0',
    labels: { 'k8s-app': 'kube-dns' },
    port: { name: 'dns-tcp', number: 53 },
    requests: { cpu: '100m', memory: '70Mi' },
    limits: { memory: '170Mi' },
    priorityClass: 'system-cluster-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    log: corednsLog,
  },
  {
    kind: 'DaemonSet',
    namespace: 'kube-system',
    name: 'kube-proxy',
    behaviour: 'healthy',
    age: CLUSTER_AGE,
    nodes: [CONTROL_PLANE, ...WORKERS],
    image: 'registry.example.com/kubernetes/kube-proxy:v1.33.1',
    labels: { 'k8s-app': 'kube-proxy' },
    hostNetwork: true,
    priorityClass: 'system-node-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: tolerateAll,
    log: componentLog('server_linux.go:63', 'Using iptables proxy'),
  },
  staticPod('etcd', '100m', componentLog('server.go:500', 'ready to serve client requests')),
  staticPod('kube-apiserver', '250m', componentLog('controller.go:90', 'Starting OpenAPI controller')),
  staticPod('kube-controller-manager', '200m', componentLog('controllermanager.go:195', 'Starting')),
  staticPod('kube-scheduler', '100m', componentLog('server.go:161', 'Starting Kubernetes Scheduler')),
]
