/** Namespace payments: a nonexistent image, a pod too big for any node, a database and its jobs. */
import { migrateLog, postgresLog } from './logs'
import { HOUR, MINUTE, PLATFORM_AGE, WORKERS, type Workload } from './workload'

const [first = '', second = ''] = WORKERS

export const payments: Workload[] = [
  {
    kind: 'Deployment',
    namespace: 'payments',
    name: 'api',
    behaviour: 'image-missing',
    age: 32 * MINUTE + 30,
    nodes: [first, second],
    image: 'registry.example.com/payments/api:1.9.0-rc3',
    port: { name: 'http', number: 8443 },
    env: { LOG_LEVEL: 'info' },
    secretEnv: { GATEWAY_API_KEY: ['gateway-credentials', 'api-key'] },
    requests: { cpu: '200m', memory: '128Mi' },
    log: { start: [] },
  },
  {
    kind: 'Deployment',
    namespace: 'payments',
    name: 'reports',
    behaviour: 'too-big',
    age: 26 * MINUTE + 30,
    nodes: [''],
    image: 'registry.example.com/payments/reports:3.1.0',
    requests: { cpu: '16', memory: '2Gi' },
    log: { start: [] },
  },
  {
    kind: 'StatefulSet',
    namespace: 'payments',
    name: 'ledger',
    behaviour: 'healthy',
    age: PLATFORM_AGE,
    nodes: [second, first],
    image: 'postgres:16.6-alpine',
    container: 'postgres',
    port: { name: 'postgres', number: 5432 },
    secretEnv: { POSTGRES_PASSWORD: ['ledger-postgres', 'password'] },
    requests: { cpu: '250m', memory: '256Mi' },
    limits: { memory: '512Mi' },
    claim: { name: 'data', size: '5Gi', mountPath: '/var/lib/postgresql/data' },
    log: postgresLog,
  },
  {
    kind: 'Job',
    namespace: 'payments',
    name: 'ledger-migrate',
    behaviour: 'completed',
    age: 2 * HOUR + 10 * MINUTE,
    nodes: [second],
    image: 'registry.example.com/payments/ledger-migrate:42',
    container: 'migrate',
    command: ['/migrate', 'up'],
    secretEnv: { PGPASSWORD: ['ledger-postgres', 'password'] },
    log: migrateLog,
  },
]

export const cronJob = {
  namespace: 'payments',
  name: 'nightly-settlement',
  age: PLATFORM_AGE,
  schedule: '0 2 * * *',
  /** The scheduled hour, UTC. */
  hour: 2,
  container: 'settle',
  image: 'registry.example.com/payments/settle:5.0.2',
}
