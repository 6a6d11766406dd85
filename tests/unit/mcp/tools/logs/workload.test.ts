/** Which pods belong to a workload whose name begins like another one's. */
import { afterEach, describe, expect, it } from 'vitest'
import { podsOfWorkload } from '../../../../../mcp/tools/logs/workload'
import { builtInKind } from '../../../../../shared/kubernetes/built-in-kinds'
import type { KubeObject } from '../../../../../shared/kubernetes/object'
import { startApi, status } from '../../../../support/kube/api-server'
import type { ApiAnswer, TestApi } from '../../../../support/kube/api-server'

let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

const kindOf = (kind: 'Pod' | 'CronJob' | 'Deployment') => ({ ...builtInKind(kind), verbs: ['get', 'list'] })

const ownedBy = (kind: string, name: string, more: object = {}) => ({
  ownerReferences: [{ apiVersion: 'v1', kind, name, ...more }],
})
const pod = (name: string, metadata: object) => ({ metadata: { name, namespace: 'shop', ...metadata } })
const podOfJob = (job: string) => pod(`${job}-x`, ownedBy('Job', job))
const job = (name: string, cronJob: string, uid = `${cronJob}-uid`) => ({
  metadata: { name, namespace: 'shop', ...ownedBy('CronJob', cronJob, { uid }) },
})
const items = (all: object[]): ApiAnswer => ({ body: { items: all } })

async function names(kind: 'CronJob' | 'Deployment', object: KubeObject, paths: Record<string, ApiAnswer>) {
  api = await startApi(({ path }) => paths[path])
  const context = { cluster: api.cluster(), signal: AbortSignal.timeout(10_000), now: Date.now }
  const found = await podsOfWorkload(kindOf(kind), object, kindOf('Pod'), context)
  return found.map(({ metadata }) => metadata.name)
}

const PODS = '/api/v1/namespaces/shop/pods'
const JOBS = '/apis/batch/v1/namespaces/shop/jobs'
const backup: KubeObject = { kind: 'CronJob', metadata: { name: 'backup', namespace: 'shop', uid: 'backup-uid' } }

describe('the pods of a CronJob', () => {
  const pods = items(['backup-29123456', 'backup-db-29123456', 'by-hand', 'backup-old'].map(podOfJob))

  it('are those of its own Jobs', async () => {
    const jobs = items([
      job('backup-29123456', 'backup'),
      job('backup-db-29123456', 'backup-db'),
      job('by-hand', 'backup'),
      job('backup-old', 'backup', 'an-earlier-uid'),
    ])
    expect(await names('CronJob', backup, { [PODS]: pods, [JOBS]: jobs })).toEqual(['backup-29123456-x', 'by-hand-x'])
  })

  it('are those of scheduled runs if the Jobs may not be read', async () => {
    const jobs = status(403, 'Forbidden', 'jobs.batch is forbidden: User "dev" cannot list resource "jobs"')
    expect(await names('CronJob', backup, { [PODS]: pods, [JOBS]: jobs })).toEqual(['backup-29123456-x'])
  })
})

describe('the pods of a Deployment', () => {
  it('are not those of another one with the same labels and a longer name', async () => {
    const web: KubeObject = {
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'web' } } },
    }
    const labels = { app: 'web', 'pod-template-hash': '5d9' }
    const pods = items(
      ['web', 'web-admin'].map((name) => pod(`${name}-1`, { labels, ...ownedBy('ReplicaSet', `${name}-5d9`) })),
    )
    expect(await names('Deployment', web, { [PODS]: pods })).toEqual(['web-1'])
  })
})
