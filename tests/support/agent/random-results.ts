/** Raw results as MCP servers send them: tables, logs, YAML, events, sentences; small and very large. */
import { stringify } from 'yaml'
import type { RawToolResult } from '../../../server/results/types'
import type { ToolData } from '../../../shared/result'
import type { Random } from '../../soak/random'

const cluster = { server: 'https://10.0.0.1:6443', name: 'staging', context: 'staging' }
const common = { cluster, asOf: '2026-11-29T12:00:00Z' }
const structured = (data: ToolData): RawToolResult => {
  return { isError: false, texts: ['short'], structuredContent: data, isStructured: true }
}

const NAMES = ['web', 'cart', 'payments-api', 'billing-worker', 'postgres', 'ingress-nginx-controller', 'coredns']
const NAMESPACES = ['shop', 'payments', 'kube-system', 'monitoring', 'team-a-staging']
const STATES = ['Running', 'Running', 'Running', 'Pending', 'CrashLoopBackOff', 'ImagePullBackOff', 'Completed']
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

function podName(random: Random): string {
  const part = (length: number) => Array.from({ length }, () => random.pick([...LETTERS])).join('')
  return `${random.pick(NAMES)}-${part(10)}-${part(5)}`
}

export function podTable(random: Random, rows: number): RawToolResult {
  const states = Array.from({ length: rows }, () => random.pick(STATES))
  return structured({
    kind: 'table',
    columns: ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE'],
    rows: states.map((state) => {
      const isRunning = state === 'Running'
      const ip = `10.${Math.floor(random.next() * 250)}.3.${Math.floor(random.next() * 250)}`
      return [
        random.pick(NAMESPACES),
        podName(random),
        isRunning ? '1/1' : '0/1',
        state,
        isRunning ? '0' : '12 (2m ago)',
        '3d4h',
        ip,
        'ip-10-0-3-17.eu-west-1.compute.internal',
      ]
    }),
    wide: [6, 7],
    verdicts: states.map((state) => (/Back/.test(state) ? 'bad' : state === 'Pending' ? 'waiting' : 'ok')),
    coverage: { scope: 'cluster', shown: rows, total: rows, complete: true, notes: [] },
    ...common,
  })
}

export function eventTable(random: Random, rows: number): RawToolResult {
  const pod = () => `Pod/${podName(random)}`
  return structured({
    kind: 'table',
    columns: ['NAMESPACE', 'LAST SEEN', 'COUNT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
    rows: Array.from({ length: rows }, (_, at) =>
      random.next() < 0.2
        ? [
            'shop',
            `${at}s`,
            '14',
            'Warning',
            'FailedScheduling',
            pod(),
            '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
          ]
        : [
            'shop',
            `${at}s`,
            '1',
            'Normal',
            'Pulled',
            pod(),
            'Successfully pulled image "registry.example.com/shop/web:1.29.3" in 1.203s',
          ],
    ),
    coverage: { scope: 'cluster', shown: rows, total: rows, complete: true, notes: [] },
    ...common,
  })
}

export function log(random: Random, lines: number): RawToolResult {
  const line = (at: number) => {
    const time = new Date(1_795_000_000_000 + at * 731).toISOString()
    const trace = Math.floor(random.next() * 2 ** 48).toString(16)
    return random.next() < 0.05
      ? `${time} ERROR [pool-${at % 9}] c.example.shop.CartService - connection to postgres.shop.svc:5432 refused (attempt ${at}) trace=${trace}`
      : `${time} INFO  10.2.${at % 250}.7 - "GET /api/v1/carts/${at}?trace=${trace} HTTP/1.1" 200 ${at % 4000} "Mozilla/5.0" 0.00${at % 9}`
  }
  return { isError: false, texts: [Array.from({ length: lines }, (_, at) => line(at)).join('\n')], isLog: true }
}

export function yamlObject(random: Random, containers: number): RawToolResult {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: '8f14e45f-ceea-467f-a9b4-2b1c5d8e7f60',
      labels: { 'app.kubernetes.io/name': 'web' },
      resourceVersion: '184467',
    },
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: Array.from({ length: containers }, (_, at) => ({
            name: `c${at}`,
            image: `registry.example.com/${podName(random)}:1.${at}`,
            env: [{ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          })),
        },
      },
    },
  }
  return { isError: false, texts: [stringify(object)] }
}

/** As `kubectl` prints it, from another MCP server. */
export function printedTable(random: Random, rows: number): RawToolResult {
  const line = () =>
    `${random.pick(NAMESPACES).padEnd(18)}${podName(random).padEnd(50)}1/1     ${random.pick(STATES).padEnd(20)}0          3d`
  const heading = `${'NAMESPACE'.padEnd(18)}${'NAME'.padEnd(50)}READY   ${'STATUS'.padEnd(20)}RESTARTS   AGE`
  return { isError: false, texts: [[heading, ...Array.from({ length: rows }, line)].join('\n')] }
}

export const sentence: RawToolResult = {
  isError: true,
  texts: [
    'deployments.apps "web" is forbidden: User "system:serviceaccount:assistant:reader" cannot get resource "deployments" in API group "apps" in the namespace "shop"',
  ],
}
