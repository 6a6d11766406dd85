/** What a newcomer asks the demo: forty questions, a quarter of them in Vietnamese. */
import { call } from './question'
import type { Question } from './question'

const get = (resource: string, rest: Record<string, unknown> = {}) => call('kubectl_get', { resource, ...rest })
const describe = (resource: string, rest: Record<string, unknown>) => call('kubectl_describe', { resource, ...rest })
const events = (rest: Record<string, unknown> = {}) => call('kubectl_events', rest)
const logs = (rest: Record<string, unknown>) => call('kubectl_logs', rest)
const top = (resource: string, rest: Record<string, unknown> = {}) => call('kubectl_top', { resource, ...rest })
const rollout = (rest: Record<string, unknown>) => call('kubectl_rollout', rest)

const shop = { namespace: 'shop' }
const payments = { namespace: 'payments' }
const web = { name: 'web', ...shop }
const cart = { name: 'cart', ...shop }
const ledger = { name: 'ledger', ...payments }

/** A diagnosis begins with the pods or with the object itself. */
const whyReports = [
  get('pods'),
  describe('deployment', { name: 'reports' }),
  describe('pod', { name: 'reports' }),
  events({ name: 'reports' }),
]

export const english: Question[] = [
  { ask: 'Which StatefulSets do we have?', first: [get('statefulsets')] },
  { ask: 'show me the ingresses in shop', first: [get('ingresses', shop)] },
  { ask: 'are there any failed jobs in payments?', first: [get('jobs', payments)] },
  {
    ask: 'When did the cronjob nightly-settlement last run?',
    first: [
      describe('cronjob', { name: 'nightly-settlement' }),
      get('cronjob', { name: 'nightly-settlement' }),
      get('cronjobs'),
    ],
  },
  { ask: 'list configmaps in the shop namespace', first: [get('configmaps', shop)] },
  {
    ask: 'what is in configmap web-config?',
    first: [get('configmap', { name: 'web-config' }), describe('configmap', { name: 'web-config' })],
  },
  { ask: 'do we have any autoscalers?', first: [get('hpa')] },
  { ask: 'show pvcs and their sizes', first: [get('pvc')] },
  { ask: 'which services have no endpoints?', first: [get('services'), get('endpoints')] },
  { ask: 'get po -n shop', first: [get('pods', shop)] },
  { ask: 'kubectl get nodes -o wide', first: [get('nodes')] },
  { ask: 'top pods by memory in payments', first: [top('pods', { ...payments, sortBy: 'memory' })] },
  { ask: 'Which pods use the most memory?', first: [top('pods', { sortBy: 'memory' })] },
  { ask: 'any warnings in the last hour?', first: [events()] },
  { ask: 'Why is reports pending?', first: whyReports },
  {
    ask: 'cart keeps crashing, what did it log before the last restart?',
    first: [logs({ name: 'cart', previous: true })],
  },
  { ask: 'YAML of deployment web in shop', first: [get('deployment', web)] },
  { ask: 'Give me the previous logs of cart in shop', first: [logs({ ...cart, previous: true })] },
  {
    ask: 'rollout history of deployment web in shop',
    first: [rollout({ action: 'history', resource: 'deployment', ...web })],
  },
  {
    ask: 'Did the rollout of api in payments finish?',
    first: [rollout({ action: 'status', resource: 'deployment', name: 'api', ...payments })],
  },
  { ask: 'which helm releases are installed?', first: [call('helm_list')] },
  { ask: 'values of the prometheus release', first: [call('helm_values', { name: 'prometheus' })] },
  { ask: 'is anything wrong with the cluster?', first: [get('pods'), events()] },
  { ask: 'scale web in shop to 4', first: [call('kubectl_scale', { resource: 'deployment', ...web, replicas: 4 })] },
  {
    ask: 'could you restart the ledger statefulset in payments please',
    first: [rollout({ action: 'restart', resource: 'statefulset', ...ledger })],
  },
  {
    ask: 'change the image of cart in shop to registry.example.com/shop/cart:2.4.1',
    first: [call('kubectl_set', { resource: 'deployment', ...cart, image: 'registry.example.com/shop/cart:2.4.1' })],
  },
  {
    ask: 'undo the last rollout of web in shop',
    first: [rollout({ action: 'undo', resource: 'deployment', ...web })],
  },
  {
    ask: 'add the label tier=frontend to deployment web in shop',
    first: [call('kubectl_label', { resource: 'deployment', ...web, labels: 'tier=frontend' })],
  },
  {
    ask: 'and its events?',
    after: ['Describe statefulset ledger in payments'],
    first: [events({ resource: 'statefulset', ...ledger })],
  },
  { ask: 'now show its logs', after: ['YAML of deployment cart in shop'], first: [logs(cart)] },
]

export const vietnamese: Question[] = [
  { ask: 'liệt kê các statefulset', first: [get('statefulsets')] },
  { ask: 'Ingress nào đang có trong namespace shop?', first: [get('ingresses', shop)] },
  { ask: 'cho tôi xem yaml của deployment web trong shop', first: [get('deployment', web)] },
  { ask: 'cronjob nao dang chay trong payments', first: [get('cronjobs', payments)] },
  {
    ask: 'Xem giúp mình log lần chạy trước của cart trong shop với ạ',
    first: [logs({ ...cart, previous: true })],
  },
  { ask: 'tại sao pod reports bị pending?', first: whyReports },
  { ask: 'node nào đang dùng nhiều ram nhất vậy?', first: [top('nodes')] },
  { ask: 'có cảnh báo nào trong payments không?', first: [events(payments)] },
  {
    ask: 'tăng web trong shop lên 5 bản sao giúp mình',
    first: [call('kubectl_scale', { resource: 'deployment', ...web, replicas: 5 })],
  },
  { ask: 'còn log của nó?', after: ['Mô tả deployment cart trong shop'], first: [logs(cart)] },
]
