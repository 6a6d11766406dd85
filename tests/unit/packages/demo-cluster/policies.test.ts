/** The autoscaler and the quota: their status follows from pods and claims. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const PODS = '/api/v1/namespaces/payments/pods'
const QUOTAS = '/api/v1/namespaces/payments/resourcequotas'

it('shows what an autoscaler measures', async () => {
  const row = await cluster.row('/apis/autoscaling/v2/horizontalpodautoscalers', 'coredns')
  expect(row).toMatchObject({ Reference: 'Deployment/coredns', MinPods: 2, MaxPods: 6, Replicas: 2 })
  expect(row.Targets).toMatch(/^cpu: \d\d%\/70%$/)
})

it('counts the pods and claims of a quota', async () => {
  const running = (await cluster.names(`${PODS}?fieldSelector=status.phase!=Succeeded`)).length
  expect(await cluster.row(QUOTAS, 'team-quota')).toMatchObject({
    Request: `persistentvolumeclaims: 2/10, pods: ${running}/20`,
  })
})

it('keeps an autoscaler that a client writes', async () => {
  const path = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers'
  const spec = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 }
  const body = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec }
  await cluster.write('POST', path, body)
  expect(await cluster.row(path, 'web')).toMatchObject({ Reference: 'Deployment/web', Targets: '<none>', MaxPods: 5 })
  const wrong = { ...body, metadata: { name: 'other' }, spec: { maxReplicas: 'many' } }
  await expect(cluster.write('POST', path, wrong)).rejects.toThrow('scaleTargetRef')
})
