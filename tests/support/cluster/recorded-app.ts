/** The built server with a scripted model on a recorded cluster. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp } from '../app'
import type { App, Env } from '../app'
import { startReplayServer } from '../ollama'
import type { ReplayServer } from '../ollama'
import { startRecordedCluster } from './recorded-cluster'
import type { RecordedCluster } from './recorded-cluster'

export interface RecordedApp {
  cluster: RecordedCluster
  app: App
  replay: ReplayServer
  auditFile: string
  close: () => Promise<void>
}

/**
 * @param kubeconfig of the admin
 * @param name begins the name of the namespace
 */
export async function startRecordedApp(kubeconfig: string, name: string, env: Env): Promise<RecordedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  const auditFile = join(folder, 'audit.jsonl')
  const cluster = await startRecordedCluster(kubeconfig, `${name}-${randomUUID().slice(0, 8)}`)
  const replay = await startReplayServer({ contextLength: 65_536 })
  const app = await startApp({
    ...{ OLLAMA_BASE_URL: replay.url, AUDIT_FILE: auditFile, READ_AHEAD: 'off', KUBECONFIG: cluster.recorded },
    ...env,
  })
  return {
    ...{ cluster, app, replay, auditFile },
    close: async () => {
      await app.stop()
      await replay.close()
      await cluster.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Creates a Deployment `web` without replicas, which an application `shop` of Argo CD manages. */
export async function createManagedDeployment({ api, namespace }: RecordedCluster): Promise<void> {
  await api.send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    metadata: {
      name: 'web',
      annotations: { 'argocd.argoproj.io/tracking-id': `shop:apps/Deployment:${namespace}/web` },
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } },
    },
  })
}
