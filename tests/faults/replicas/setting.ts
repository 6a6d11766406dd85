/** Two replicas with Redis behind nginx, on one cluster and one model. */
import { spawnSync } from 'node:child_process'
import { freePort, startApp, startProgram } from '../../support/app'
import type { App } from '../../support/app'
import { listens } from '../../support/app/network'
import { OWN } from '../../support/tool-names'
import { sharedCluster } from '../cluster'
import type { FaultCluster } from '../cluster'
import { startModel } from '../model'
import type { FaultModel } from '../model'
import { send } from '../processes'
import { hasNginx, startNginx } from './nginx'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

/** Why the replicas cannot run here. */
export const missing: string | undefined = !hasNginx ? 'nginx' : !hasRedis ? 'redis-server' : undefined

export type ReplicaIndex = 0 | 1

export interface Setting {
  url: string
  cluster: FaultCluster
  model: FaultModel
  /** Address of a replica itself. */
  replica: (at: ReplicaIndex) => App
  /** Kills it, with its children. */
  kill: (at: ReplicaIndex) => Promise<void>
  /** Starts a killed one again, at its address. */
  restart: (at: ReplicaIndex) => Promise<void>
  close: () => Promise<void>
}

export async function startSetting(): Promise<Setting> {
  const cluster = await sharedCluster()
  const model = await startModel(OWN)
  const redisPort = await freePort()
  const redis = startProgram('redis-server', ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', ''], {})
  await redis.until('listening', () => listens(redisPort))
  const ports: [number, number] = [await freePort(), await freePort()]
  const start = (at: ReplicaIndex) =>
    startApp({
      PORT: String(ports[at]),
      OLLAMA_BASE_URL: model.url,
      KUBECONFIG: cluster.kubeconfig,
      ACCESS_MODE: 'approve',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      APPROVAL_KEY: 'the key that both replicas of the faults have',
      MAX_TURNS_PER_MINUTE: '100000',
    })
  const replicas: [App, App] = [await start(0), await start(1)]
  const nginx = await startNginx(ports)
  return {
    url: nginx.url,
    cluster,
    model,
    replica: (at) => replicas[at],
    kill: async (at) => {
      send(replicas[at].pid, 'SIGKILL')
      await replicas[at].ended
    },
    restart: async (at) => {
      replicas[at] = await start(at)
    },
    close: async () => {
      await nginx.close()
      await Promise.all(replicas.map((app) => app.stop()))
      await redis.stop()
      await model.close()
    },
  }
}
