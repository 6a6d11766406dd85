/** Deployments, StatefulSets, Jobs and CronJobs. */
import { at, listAt, textAt } from '../../../../../shared/kubernetes/fields'
import type { Body } from '../../busy/objects'
import { jsonPatchStep, patchStep } from '../kind'
import type { Kind, Update } from '../kind'
import type { Values } from '../values'
import { METADATA } from './common'

function container(values: Values, name: string): Body {
  return {
    name,
    image: values.image(),
    command: ['sleep', '3600'],
    ...(values.flip() && { env: [{ name: 'TEXT', value: values.text() }] }),
    ...(values.flip() && { resources: { requests: values.quantities() } }),
    ...(values.flip() && { ports: [{ name: 'http', containerPort: values.count(8000, 8009) }] }),
  }
}

function pods(values: Values, name: string): Body {
  const annotations = values.flip() ? { annotations: { 'example.com/text': values.text() } } : {}
  const containers = [container(values, 'web'), ...(values.flip() ? [container(values, 'sidecar')] : [])]
  return { metadata: { labels: { app: name }, ...annotations }, spec: { containers } }
}

const isPaused = (live: Body) => at(live, 'spec', 'paused') === true

const scale: Update = ({ values, place, resource, live }) => {
  const now = at(live, 'spec', 'replicas')
  const replicas = values.pick([0, 1, 2].filter((each) => each !== now))
  return { verb: 'scale', call: { tool: 'kubectl_scale', args: { resource, ...place, replicas } } }
}

/** A step with `kubectl_set`. */
const setting =
  (what: (values: Values) => Body): Update =>
  ({ values, place, resource }) => {
    const fields = what(values)
    const args = { resource, ...place, container: 'web', ...fields }
    return { verb: `set ${Object.keys(fields)[0]}`, call: { tool: 'kubectl_set', args } }
  }

const setImage = setting((values) => ({ image: `nginx:${values.count(100, 999)}` }))
const setEnv = setting((values) => ({ env: { TEXT: values.text(), OTHER: String(values.count(1, 9)) } }))
const setRequests = setting(() => ({ requests: 'cpu=50m', limits: { memory: '1Gi', cpu: '2' } }))
const SETTINGS = [setImage, setEnv, setRequests]

const rollout =
  (action: 'restart' | 'undo' | 'pause' | 'resume', isPossible: (live: Body) => boolean): Update =>
  ({ place, resource, live }) =>
    isPossible(live)
      ? { verb: `rollout ${action}`, call: { tool: 'kubectl_rollout', args: { action, resource, ...place } } }
      : undefined

/** The controller counts the observed templates. */
const hasRevisions = (live: Body) =>
  !isPaused(live) && Number(at(live, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')) > 1

const undo = rollout('undo', hasRevisions)
const pause = rollout('pause', (live) => !isPaused(live))
const resume = rollout('resume', isPaused)

const patchContainers: Update = (request) => {
  const { values, place, resource } = request
  const containers = [{ name: 'web', image: values.image(), workingDir: `/work/${values.count(1, 99)}` }]
  const patch = { spec: { template: { spec: { containers } } } }
  return {
    verb: 'patch strategic',
    call: { tool: 'kubectl_patch', args: { resource, ...place, patch, type: 'strategic' } },
  }
}

const jsonPatchImage: Update = (request) => {
  const containers = listAt(request.live, 'spec', 'template', 'spec', 'containers')
  const index = request.values.count(0, containers.length - 1)
  const path = `/spec/template/spec/containers/${index}/image`
  return jsonPatchStep(request, [
    { op: 'test', path, value: textAt(containers[index], 'image') },
    { op: 'replace', path, value: `nginx:${request.values.count(3, 99)}` },
  ])
}

const deployment: Kind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  resource: 'deploy',
  collection: (namespace) => `/apis/apps/v1/namespaces/${namespace}/deployments`,
  fields: (values, { name }) => ({
    spec: {
      replicas: values.count(0, 2),
      selector: { matchLabels: { app: name } },
      template: pods(values, name),
      ...(values.flip() && {
        strategy: values.pick<Body>([
          { type: 'Recreate' },
          { type: 'RollingUpdate', rollingUpdate: { maxSurge: '30%' } },
        ]),
      }),
      ...(values.flip() && { minReadySeconds: values.count(0, 2) }),
    },
  }),
  always: [setImage, undo, pause, resume, setEnv, setRequests],
  updates: [
    ...METADATA,
    ...SETTINGS,
    ...[scale, patchContainers, jsonPatchImage, undo, pause, resume],
    rollout('restart', (live) => !isPaused(live)),
    (request) => patchStep(request, { spec: { revisionHistoryLimit: request.values.count(2, 9) } }),
  ],
}

const statefulSet: Kind = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  collection: (namespace) => `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  fields: (values, { name }) => ({
    spec: {
      // Immutable in a StatefulSet, so always the same.
      serviceName: name,
      replicas: values.count(0, 2),
      selector: { matchLabels: { app: name } },
      template: pods(values, name),
      ...(values.flip() && {
        updateStrategy: values.pick<Body>([
          { type: 'OnDelete' },
          { type: 'RollingUpdate', rollingUpdate: { partition: values.count(0, 2) } },
        ]),
      }),
    },
  }),
  updates: [
    ...METADATA,
    ...SETTINGS,
    ...[scale, patchContainers, jsonPatchImage],
    rollout('restart', () => true),
    (request) => patchStep(request, { spec: { minReadySeconds: request.values.count(1, 9) } }),
  ],
}

const job: Kind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  resource: 'job',
  collection: (namespace) => `/apis/batch/v1/namespaces/${namespace}/jobs`,
  fields: (values) => ({
    spec: {
      suspend: values.flip(),
      backoffLimit: values.count(0, 9),
      ...(values.flip() && { activeDeadlineSeconds: values.count(600, 900) }),
      // A Job's template is immutable too.
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'web', image: 'busybox:1.36', command: ['sleep', '3600'] }],
        },
      },
    },
  }),
  updates: [
    ...METADATA,
    (request) => patchStep(request, { spec: { parallelism: request.values.count(0, 2) } }),
    (request) => patchStep(request, { spec: { ttlSecondsAfterFinished: request.values.count(900, 999) } }),
    (request) => {
      const value = at(request.live, 'spec', 'suspend') !== true
      return jsonPatchStep(request, [{ op: 'add', path: '/spec/suspend', value }])
    },
  ],
}

const cronJob: Kind = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  resource: 'cj',
  collection: (namespace) => `/apis/batch/v1/namespaces/${namespace}/cronjobs`,
  fields: (values) => ({
    spec: {
      schedule: values.pick(['0 3 1 1 *', '@yearly', '15 4 1 2 *']),
      suspend: true,
      ...(values.flip() && { timeZone: 'Asia/Ho_Chi_Minh', successfulJobsHistoryLimit: values.count(0, 5) }),
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'OnFailure', containers: [container(values, 'web')] } } },
      },
    },
  }),
  updates: [
    ...METADATA,
    ...SETTINGS,
    (request) => patchStep(request, { spec: { schedule: `${request.values.count(0, 59)} 5 1 1 *` } }),
    (request) => patchStep(request, { spec: { concurrencyPolicy: request.values.pick(['Forbid', 'Replace']) } }),
  ],
}

/** The first is the kind that most tools support. */
export const WORKLOADS: readonly Kind[] = [deployment, statefulSet, job, cronJob]
