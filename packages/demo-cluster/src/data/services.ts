/** Services and the Ingress. Endpoints are derived from selectors and pods. */
import type { ServicePort, StringMap } from '../types'
import { CLUSTER_AGE, PLATFORM_AGE, SHOP_AGE } from './workload'

export interface ServiceRow {
  namespace: string
  name: string
  type: 'ClusterIP' | 'NodePort' | 'LoadBalancer'
  clusterIP: string
  age: number
  ports: ServicePort[]
  selector?: StringMap
  labels?: StringMap
  /** From TEST-NET-3 (RFC 5737), which is not routed. */
  externalIP?: string
  /** Address of a Service without a selector. */
  address?: { ip: string; port: number }
}

const tcp = (name: string, port: number, targetPort: number | string = port, nodePort?: number): ServicePort => ({
  name,
  port,
  targetPort,
  protocol: 'TCP',
  ...(nodePort && { nodePort }),
})

export const services: ServiceRow[] = [
  {
    namespace: 'default',
    name: 'kubernetes',
    type: 'ClusterIP',
    clusterIP: '10.96.0.1',
    age: CLUSTER_AGE,
    ports: [tcp('https', 443, 6443)],
    labels: { component: 'apiserver', provider: 'kubernetes' },
    address: { ip: '172.18.0.2', port: 6443 },
  },
  {
    namespace: 'kube-system',
    name: 'kube-dns',
    type: 'ClusterIP',
    clusterIP: '10.96.0.10',
    age: CLUSTER_AGE,
    ports: [{ name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' }, tcp('dns-tcp', 53)],
    selector: { 'k8s-app': 'kube-dns' },
    labels: { 'k8s-app': 'kube-dns' },
  },
  {
    namespace: 'monitoring',
    name: 'prometheus',
    type: 'NodePort',
    clusterIP: '10.96.132.18',
    age: PLATFORM_AGE,
    ports: [tcp('web', 9090, 'web', 30090)],
    selector: { app: 'prometheus' },
  },
  {
    namespace: 'payments',
    name: 'api',
    type: 'ClusterIP',
    clusterIP: '10.96.77.4',
    age: PLATFORM_AGE,
    ports: [tcp('https', 443, 8443)],
    selector: { app: 'api' },
  },
  {
    namespace: 'payments',
    name: 'ledger',
    type: 'ClusterIP',
    clusterIP: 'None',
    age: PLATFORM_AGE,
    ports: [tcp('postgres', 5432)],
    selector: { app: 'ledger' },
  },
  {
    namespace: 'shop',
    name: 'cart',
    type: 'ClusterIP',
    clusterIP: '10.96.45.70',
    age: SHOP_AGE,
    ports: [tcp('http', 8080)],
    selector: { app: 'cart' },
  },
  {
    // The cause of the crashing cart: redis pods are labelled app=redis, so this Service has no endpoints.
    namespace: 'shop',
    name: 'redis',
    type: 'ClusterIP',
    clusterIP: '10.96.249.222',
    age: SHOP_AGE,
    ports: [tcp('redis', 6379)],
    selector: { app: 'redis-cache' },
  },
  {
    namespace: 'shop',
    name: 'web',
    type: 'LoadBalancer',
    clusterIP: '10.96.26.155',
    age: SHOP_AGE,
    ports: [tcp('http', 80, 8080, 31818)],
    selector: { app: 'web' },
    externalIP: '203.0.113.10',
  },
]

export const ingress = {
  namespace: 'shop',
  name: 'web',
  age: SHOP_AGE,
  className: 'nginx',
  host: 'shop.example.com',
  service: 'web',
  port: 80,
  ip: '203.0.113.10',
}
