/** An API server with pods whose logs are made of lines with times, read as a kubelet reads them. */
import { afterEach } from 'vitest'
import type { ServerResponse } from 'node:http'
import type { LogResult } from '../../../../../shared/result'
import { kubectlLogs } from '../../../../../mcp/tools/logs'
import type { ToolArguments } from '../../../../../mcp/tools/tool'
import { discovered, discovery, startApi, status, table } from '../../../../support/kube/api-server'
import type { ApiAnswer, ApiRequest, TestApi } from '../../../../support/kube/api-server'

const NOW = Date.parse('2026-11-29T15:00:00Z')

export interface TestPod {
  metadata: { name: string; namespace: string; [field: string]: unknown }
  spec: object
  status?: object
}

export interface Line {
  time: string
  text: string
}

export interface Logs {
  /** By `container` or `container/previous`; a string is the body of an answer of 400. */
  [run: string]: readonly Line[] | string | ((response: ServerResponse) => void)
}

/** Lines of one second each. */
export function lines(texts: readonly string[], start = '2026-11-29T14:00:00Z', stepMs = 1000): Line[] {
  const from = Date.parse(start)
  return texts.map((text, at) => ({ time: new Date(from + at * stepMs).toISOString(), text }))
}

/** A pod whose containers are in the states given by name. */
export function pod(
  name: string,
  containers: Record<string, object>,
  more: { init?: Record<string, object>; metadata?: object; spec?: object; status?: object } = {},
): TestPod {
  const { init = {}, metadata, spec, status: rest } = more
  const specs = (all: Record<string, object>) => Object.keys(all).map((key) => ({ name: key, image: `${key}:1` }))
  const statuses = (all: Record<string, object>) =>
    Object.entries(all).map(([key, state]) => ({
      name: key,
      ready: 'running' in state,
      restartCount: 0,
      ...stateOf(state),
    }))
  return {
    metadata: { name, namespace: 'shop', creationTimestamp: '2026-11-29T13:00:00Z', ...metadata },
    spec: { nodeName: 'worker-1', containers: specs(containers), initContainers: specs(init), ...spec },
    status: {
      phase: 'Running',
      conditions: [{ type: 'PodScheduled', status: 'True' }],
      containerStatuses: statuses(containers),
      initContainerStatuses: statuses(init),
      ...rest,
    },
  }
}

/** A state alone, or fields of a container status. */
function stateOf(fields: object): object {
  return 'state' in fields ? fields : { state: fields }
}

export const RUNNING = { running: { startedAt: '2026-11-29T13:00:00Z' } }
export const crashed = (exitCode = 1, reason = 'Error', finishedAt = '2026-11-29T14:58:00Z') => ({
  terminated: { exitCode, reason, startedAt: '2026-11-29T13:00:00Z', finishedAt },
})
/** In CrashLoopBackOff after some restarts. */
export const CRASH_LOOP = {
  restartCount: 5,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
  lastState: crashed(),
}

export interface PodApi {
  api: TestApi
  /** Runs the tool. @throws if the result is not a log */
  read: (args: ToolArguments) => Promise<LogResult>
  run: (args: ToolArguments, signal?: AbortSignal) => ReturnType<typeof kubectlLogs.run>
  logRequests: () => URLSearchParams[]
}

export async function podApi(
  pods: readonly TestPod[],
  logs: Record<string, Logs>,
  objects: Record<string, { metadata: { name: string; namespace?: string } }[]> = {},
): Promise<PodApi> {
  const api = await startApi((request, response) => answer(request, response, pods, logs, objects))
  const run: PodApi['run'] = (args, signal = AbortSignal.timeout(15_000)) =>
    kubectlLogs.run(args, { cluster: api.cluster({ namespace: 'shop' }), signal, now: () => NOW })
  return {
    api,
    run,
    read: async (args) => {
      const result = await run(args)
      if (result.kind !== 'log') throw new Error(JSON.stringify(result))
      return result
    },
    logRequests: () => api.requests.filter(({ path }) => path.endsWith('/log')).map(({ query }) => query),
  }
}

const APPS = [
  discovered('deployments', 'Deployment', { shortNames: ['deploy'] }),
  discovered('replicasets', 'ReplicaSet'),
]
const CORE = [
  discovered('pods', 'Pod', { shortNames: ['po'] }),
  discovered('services', 'Service', { shortNames: ['svc'] }),
  discovered('namespaces', 'Namespace', { scope: 'Cluster' }),
  discovered('configmaps', 'ConfigMap', { shortNames: ['cm'] }),
]

function answer(
  { path, query, headers }: ApiRequest,
  response: ServerResponse,
  pods: readonly TestPod[],
  logs: Record<string, Logs>,
  objects: Parameters<typeof podApi>[2] = {},
): ApiAnswer | undefined {
  if (path === '/api') return discovery([{ group: '', version: 'v1', resources: CORE }])
  if (path === '/apis') return discovery([{ group: 'apps', version: 'v1', resources: APPS }])
  if (path === '/api/v1/namespaces/shop') return { body: { metadata: { name: 'shop' } } }
  if (path === '/api/v1/namespaces') return { body: { items: [{ metadata: { name: 'shop' } }] } }
  const [, , kind = '', name, log] = path.split(/\/(?=namespaces\/)/)[1]?.split('/') ?? path.split('/').slice(1)
  const all: { metadata: { name: string; labels?: unknown } }[] = kind === 'pods' ? [...pods] : (objects[kind] ?? [])
  if (log === 'log') return logAnswer(query, response, logs[name ?? ''])
  if (name !== undefined) {
    const found = all.find(({ metadata }) => metadata.name === name)
    return found ? { body: found } : status(404, 'NotFound', `${kind} "${name}" not found`)
  }
  const wanted = query.get('fieldSelector')?.replace('metadata.name=', '')
  const app = query.get('labelSelector')?.replace('app=', '')
  const items = all.filter(
    ({ metadata }) =>
      (wanted === undefined || metadata.name === wanted) && (app === undefined || metadata.name.startsWith(app)),
  )
  if (headers.accept?.includes('as=Table')) {
    const rows = items.map((item) => ({
      cells: [item.metadata.name, 'Running'],
      name: item.metadata.name,
      namespace: 'shop',
    }))
    const answered = table(['Name', 'Status'], rows)
    const body = answered.body
    if (typeof body === 'object' && body !== null && 'rows' in body && Array.isArray(body.rows))
      body.rows.forEach((row: { object: object }, at: number) =>
        Object.assign(row.object, { metadata: items[at]?.metadata }),
      )
    return answered
  }
  return { body: { kind: 'List', apiVersion: 'v1', metadata: {}, items } }
}

/** Like a kubelet: the last lines since a time. */
function logAnswer(query: URLSearchParams, response: ServerResponse, logs: Logs | undefined): ApiAnswer | undefined {
  const key = `${query.get('container')}${query.get('previous') === 'true' ? '/previous' : ''}`
  const log = logs?.[key]
  if (log === undefined) return status(400, 'BadRequest', `previous terminated container "${key}" in pod "x" not found`)
  if (typeof log === 'string') return status(400, 'BadRequest', log)
  if (typeof log === 'function') {
    log(response)
    return undefined
  }
  const seconds = query.get('sinceSeconds')
  const since = seconds ? NOW - Number(seconds) * 1000 : Date.parse(query.get('sinceTime') ?? '1970-01-01')
  const after = log.filter(({ time }) => Date.parse(time) >= since)
  const tail = query.get('tailLines')
  const read = tail === null ? after : after.slice(-Number(tail))
  const texts = read.map(({ time, text }) => (query.get('timestamps') === 'true' ? `${time} ${text}` : text))
  return { headers: { 'content-type': 'text/plain' }, body: texts.map((text) => `${text}\n`).join('') }
}

/** Starts an API for each call, and closes it after the test. */
export function openedPodApi(): typeof podApi {
  let opened: PodApi | undefined
  afterEach(async () => {
    await opened?.api.close()
    opened = undefined
  })
  return async (...args) => (opened = await podApi(...args))
}

/** The sentences of a result's notes. */
export function sentences(result: { coverage?: { notes: { text: string }[] } | undefined }): string {
  return result.coverage?.notes.map(({ text }) => text).join('\n') ?? ''
}
