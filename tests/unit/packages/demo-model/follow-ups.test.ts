/** Questions that refer to the conversation, and answers about one object, with our own tools. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { converseOn } from './converse'
import { allTools as tools, openOwnCluster, type OwnCluster } from './own-cluster'

let cluster: OwnCluster
beforeEach(async () => {
  cluster = await openOwnCluster()
})
afterEach(() => cluster.close())

const play = (...questions: string[]) => converseOn(questions, { tools, run: (call) => cluster.run(call) })

const LEDGER = { resource: 'statefulset', name: 'ledger', namespace: 'payments' }

describe('a question that continues', () => {
  it.each([
    [['Describe statefulset ledger in payments', 'restart it'], 'kubectl_rollout', { action: 'restart', ...LEDGER }],
    [['Mô tả statefulset ledger trong payments', 'còn sự kiện của nó?'], 'kubectl_events', LEDGER],
    [['rollout status of api in payments', 'and its history?'], 'kubectl_rollout', { action: 'history' }],
    [['show me pods', 'only in shop'], 'kubectl_get', { resource: 'pods', namespace: 'shop' }],
    [['pods in shop', 'what about the services?'], 'kubectl_get', { resource: 'services', namespace: 'shop' }],
    [['liệt kê pod trong shop', 'còn payments thì sao?'], 'kubectl_get', { resource: 'pods', namespace: 'payments' }],
    [['What is wrong in shop?', 'scale it to 1'], 'kubectl_scale', { name: 'cart', namespace: 'shop', replicas: 1 }],
  ])('%j calls %s', async (questions, name, args) => {
    expect((await play(...questions)).rounds[0]?.[0]).toMatchObject({ name, arguments: args })
  })

  it('means nothing without a conversation', async () => {
    expect((await play('restart it')).rounds).toEqual([])
  })
})

describe('the wording of a question', () => {
  it.each([
    ['lsit deploymnets in shop', 'kubectl_get', { resource: 'deployments', namespace: 'shop' }],
    ['kubectl logs deploy/cart -n shop --previous', 'kubectl_logs', { name: 'cart', previous: true }],
    ['k scale deploy/web --replicas=4 -n shop', 'kubectl_scale', { name: 'web', replicas: 4 }],
    ['kubectl set image deployment/web nginx=nginx:1.29 -n shop', 'kubectl_set', { container: 'nginx' }],
    ['get deploy web -n shop -o yaml', 'kubectl_get', { resource: 'deployment', name: 'web', namespace: 'shop' }],
    ['what runs on demo-worker-2?', 'kubectl_get', { fieldSelector: 'spec.nodeName=demo-worker-2' }],
    ['how many pods per namespace?', 'kubectl_get', { countBy: 'namespace' }],
    ['xoa pod ledger-0 o payments giup minh', 'kubectl_delete', { name: 'ledger-0', namespace: 'payments' }],
    ['could you please restart the pod of web in shop', 'kubectl_rollout', { action: 'restart', name: 'web' }],
  ])('%j calls %s %j', async (question, name, args) => {
    expect((await play(question)).rounds[0]?.[0]).toMatchObject({ name, arguments: args })
  })
})

describe('the answer about an object', () => {
  it.each([
    [
      'why is service redis not working',
      'not healthy: no endpoints: its selector app=redis-cache matches no running pod',
    ],
    ['Describe statefulset ledger in payments', 'StatefulSet `ledger` in namespace `payments` is healthy.'],
    ['when did the cronjob nightly-settlement last run?', '- Schedule: 0 2 * * *'],
    ['Mô tả ingress web trong shop', 'Ingress `web` trong namespace `shop` có trong cụm.'],
    ['helm history of prometheus', 'has 2 revisions; current is 2 (prometheus-27.13.0)'],
    ['show pvcs', '- `data-ledger-0`: STATUS Bound, CAPACITY 5Gi'],
    ['events of api in payments', 'Deployment `api` in namespace `payments` has'],
    ['YAML of deployment nothing in shop', 'The tool answered with an error: There is no Deployment nothing in shop.'],
    ['secrets in shop', 'The tool answered with an error: The operator has excluded the kind Secret'],
  ])('%j says %j', async (question, words) => {
    const { text } = await play(question)
    expect(text).toContain(words)
    expect(text).toMatch(/_(?:Demo model: rule-based|Mô hình demo: hoạt động theo luật)/)
  })
})
