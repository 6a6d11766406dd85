/** Questions that guides of other assistants print as examples, with the demo's names; and Vietnamese ones of that kind. */
import { call } from './question'
import type { Question } from './question'

const get = (resource: string, rest: Record<string, unknown> = {}) => call('kubectl_get', { resource, ...rest })
const describe = (resource: string, name: string) => call('kubectl_describe', { resource, name })
const events = (rest: Record<string, unknown> = {}) => call('kubectl_events', rest)
const logs = (rest: Record<string, unknown>) => call('kubectl_logs', rest)
const top = (resource: string, rest: Record<string, unknown> = {}) => call('kubectl_top', { resource, ...rest })
const rollout = (rest: Record<string, unknown>) => call('kubectl_rollout', rest)

const shop = { namespace: 'shop' }
const payments = { namespace: 'payments' }
/** A change of an object without its namespace may begin with a look for it. */
const lookup = get('deployments')
const web = { resource: 'deployment', name: 'web' }
const replicasOfWeb = [describe('deployment', 'web'), get('deployment', { name: 'web' }), get('deployments')]
const restartOfWeb = [rollout({ action: 'restart', ...web }), lookup]

export const collectedEnglish: Question[] = [
  {
    ask: 'show me all cart pods',
    first: [get('pods'), get('pods', { labelSelector: 'app=cart' }), describe('deployment', 'cart')],
  },
  { ask: 'are all pods running?', first: [get('pods')] },
  {
    ask: 'why is the cart pod crashlooping?',
    first: [get('pods'), describe('deployment', 'cart'), logs({ name: 'cart' }), events({ name: 'cart' })],
  },
  { ask: 'show me pods that are not ready', first: [get('pods')] },
  { ask: 'show CPU and memory usage for shop pods', first: [top('pods', shop)] },
  { ask: 'how many replicas does web have?', first: replicasOfWeb },
  { ask: 'restart the web deployment', first: restartOfWeb },
  {
    ask: 'update cart image to registry.example.com/shop/cart:v2',
    first: [
      call('kubectl_set', { resource: 'deployment', name: 'cart', image: 'registry.example.com/shop/cart:v2' }),
      lookup,
    ],
  },
  { ask: 'rollback web deployment to previous version', first: [rollout({ action: 'undo', ...web }), lookup] },
  {
    ask: 'show me all environment variables for cart',
    first: [describe('deployment', 'cart'), get('deployment', { name: 'cart' })],
  },
  { ask: 'show me cart logs from the last hour', first: [logs({ name: 'cart', since: '1h' })] },
  { ask: 'show errors in web logs', first: [logs({ name: 'web' }), logs({ name: 'web', search: 'error' })] },
  { ask: 'tail logs from all redis pods', first: [logs({ name: 'redis' })] },
  { ask: 'show me recent events for payments', first: [events(payments)] },
  { ask: 'what warnings are there in the cluster?', first: [events()] },
  { ask: "why can't my pods pull the image?", first: [get('pods'), events()] },
  { ask: "What's the status of my cluster?", first: [get('pods'), get('nodes')] },
  { ask: 'Show me pods using the most CPU', first: [top('pods')] },
  { ask: 'diagnose deployment reports', first: [get('pods'), describe('deployment', 'reports')] },
  { ask: 'Show me logs for the failed pods in namespace shop', first: [get('pods', shop)] },
  { ask: 'Are there any unhealthy nodes?', first: [get('nodes')] },
  {
    ask: 'What pods are running in the kube-system namespace?',
    first: [get('pods', { namespace: 'kube-system' })],
  },
  {
    ask: 'Can you restart the coredns deployment?',
    first: [rollout({ action: 'restart', resource: 'deployment', name: 'coredns' }), lookup],
  },
  { ask: 'Show me the events for the last 10 minutes', first: [events({ since: '10m' })] },
  { ask: 'Which services do exist?', first: [get('services')] },
  { ask: 'what pods are unhealthy and why?', first: [get('pods')] },
  { ask: 'Find pods in CrashLoopBackOff state and explain possible reasons.', first: [get('pods')] },
  {
    ask: 'Increase memory limit for web to 256Mi',
    first: [call('kubectl_set', { resource: 'deployment', name: 'web', limits: 'memory=256Mi' }), lookup],
  },
  { ask: 'and in payments?', after: ['List services in namespace shop'], first: [get('services', payments)] },
  {
    ask: 'what about the previous run?',
    after: ['Show me the logs of cart in shop'],
    first: [logs({ name: 'cart', ...shop, previous: true })],
  },
]

export const collectedVietnamese: Question[] = [
  { ask: 'kiểm tra xem có pod nào bị lỗi không', first: [get('pods')] },
  { ask: 'hpa đang hoạt động thế nào?', first: [get('hpa')] },
  { ask: 'cho mình hỏi web đang chạy mấy replica', first: replicasOfWeb },
  { ask: 'Liệt kê các PVC và dung lượng', first: [get('pvc')] },
  { ask: 'log của redis trong shop có gì lạ không', first: [logs({ name: 'redis', ...shop })] },
  {
    ask: 'lam sao biet job ledger-migrate da xong chua',
    first: [describe('job', 'ledger-migrate'), get('job', { name: 'ledger-migrate' }), get('jobs')],
  },
  {
    ask: 'xem lịch sử rollout của api bên payments',
    first: [rollout({ action: 'history', resource: 'deployment', name: 'api', ...payments })],
  },
  {
    ask: 'vì sao service redis không có endpoint nào',
    first: [describe('service', 'redis'), get('services'), get('endpoints'), get('endpoints', { name: 'redis' })],
  },
  { ask: 'quota cua payments con bao nhieu', first: [get('resourcequotas', payments)] },
  { ask: 'khởi động lại giúp em cái deployment web với', first: restartOfWeb },
]
