/** Namespaces, ConfigMaps and Secrets. All values are made up: each Secret value says that it belongs to a demo. */
import type { StringMap } from '../types'
import { CLUSTER_AGE, PLATFORM_AGE, SHOP_AGE } from './workload'

export interface DataRow {
  namespace: string
  name: string
  age: number
  data: StringMap
}

/** Name and age in seconds at the start. */
export const namespaces: [string, number][] = [
  ['default', CLUSTER_AGE],
  ['kube-node-lease', CLUSTER_AGE],
  ['kube-system', CLUSTER_AGE],
  ['monitoring', PLATFORM_AGE],
  ['payments', PLATFORM_AGE],
  ['shop', SHOP_AGE],
]

export const configMaps: DataRow[] = [
  {
    namespace: 'kube-system',
    name: 'coredns',
    age: CLUSTER_AGE,
    data: {
      Corefile:
        '.:53 {\n    errors\n    health\n    ready\n    kubernetes cluster.local\n    cache 30\n    reload\n}\n',
    },
  },
  {
    namespace: 'monitoring',
    name: 'prometheus-config',
    age: PLATFORM_AGE,
    data: { 'prometheus.yml': 'global:\n  scrape_interval: 30s\nscrape_configs:\n  - job_name: node-exporter\n' },
  },
  {
    namespace: 'payments',
    name: 'api-config',
    age: PLATFORM_AGE,
    data: { CURRENCY: 'EUR', LEDGER_HOST: 'ledger-0.ledger.payments.svc.cluster.local' },
  },
  { namespace: 'shop', name: 'web-config', age: SHOP_AGE, data: { THEME: 'autumn', PAGE_SIZE: '24' } },
]

/** Plain text here; served in base64. */
export const secrets: DataRow[] = [
  {
    namespace: 'payments',
    name: 'gateway-credentials',
    age: PLATFORM_AGE,
    data: { 'api-key': 'demo-api-key-of-no-gateway', 'webhook-secret': 'demo-webhook-secret-of-nobody' },
  },
  {
    namespace: 'payments',
    name: 'ledger-postgres',
    age: PLATFORM_AGE,
    data: { username: 'demo', password: 'demo-password-of-no-database' },
  },
  {
    namespace: 'shop',
    name: 'session-key',
    age: SHOP_AGE,
    data: { key: 'demo-session-key-that-signs-nothing' },
  },
]
