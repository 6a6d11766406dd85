/** A pod's containers: state, last run and configuration. */
import { formatAge } from '../../../shared/kubernetes/durations'
import type { Section } from '../../../shared/result'
import { ageOf, at, listAt, pairsAt, recordAt, textAt, wordsAt } from '../../kubernetes/read/fields'
import { maskVariable } from '../../kubernetes/mask'
import { linesSection, oneLine, tableSection, type Lines } from './lines'

interface Container {
  name: string
  /** `init`, `sidecar` or `ephemeral`; empty for the others. */
  role: string
  spec: unknown
  status: unknown
}

/**
 * Init containers first, in run order.
 * @param pod a Pod, or a workload's `spec.template`
 */
export function containersOf(pod: unknown): Container[] {
  const kinds = [
    ['initContainers', 'initContainerStatuses', 'init'],
    ['containers', 'containerStatuses', ''],
    ['ephemeralContainers', 'ephemeralContainerStatuses', 'ephemeral'],
  ] as const
  return kinds.flatMap(([specs, statuses, kind]) =>
    listAt(pod, 'spec', specs).map((spec) => {
      const name = textAt(spec, 'name')
      const role = kind === 'init' && textAt(spec, 'restartPolicy') === 'Always' ? 'sidecar' : kind
      const status = listAt(pod, 'status', statuses).find((each) => textAt(each, 'name') === name)
      return { name, role, spec, status }
    }),
  )
}

function title({ name, role }: Container): string {
  return role === '' ? name : `${name} (${role})`
}

/** State, restarts and the last termination of each container. */
export function containerStates(pod: unknown, now: number): Section[] {
  const rows = containersOf(pod).map((container) => {
    const { status, spec } = container
    const state = at(status, 'state')
    return [
      ...[title(container), textAt(status, 'ready')],
      ...[stateText(state, now), textAt(status, 'restartCount'), stateText(at(status, 'lastState'), now)],
      textAt(spec, 'image'),
    ]
  })
  return tableSection('Containers', ['NAME', 'READY', 'STATE', 'RESTARTS', 'LAST STATE', 'IMAGE'], rows)
}

/** `waiting: CrashLoopBackOff, back-off 5m0s …`, `running for 3m`, `OOMKilled, exit code 137, 2m ago after 35s`. */
export function stateText(state: unknown, now: number): string {
  const waiting = at(state, 'waiting')
  if (waiting !== undefined)
    return `waiting: ${[textAt(waiting, 'reason'), oneLine(textAt(waiting, 'message'))].filter(Boolean).join(', ')}`
  const running = at(state, 'running')
  if (running !== undefined) return `running for ${ageOf(textAt(running, 'startedAt'), now)}`
  const ended = at(state, 'terminated')
  if (ended === undefined) return ''
  const finished = Date.parse(textAt(ended, 'finishedAt'))
  const ran = finished - Date.parse(textAt(ended, 'startedAt'))
  const when =
    finished > 0 ? `${formatAge((now - finished) / 1000)} ago${ran >= 0 ? ` after ${formatAge(ran / 1000)}` : ''}` : ''
  const signal = textAt(ended, 'signal')
  return [
    textAt(ended, 'reason') || 'terminated',
    `exit code ${textAt(ended, 'exitCode')}`,
    signal === '' || signal === '0' ? '' : `signal ${signal}`,
    when,
    oneLine(textAt(ended, 'message')),
  ]
    .filter(Boolean)
    .join(', ')
}

/** Command, ports, resources and probes of each container. */
export function containerSetup(pod: unknown): Section[] {
  return containersOf(pod).flatMap((container) => {
    const { spec } = container
    const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const
    return linesSection(`Container ${title(container)}`, [
      ['Image', container.status === undefined ? textAt(spec, 'image') : ''],
      ['Command', wordsAt(spec, 'command')],
      ['Arguments', wordsAt(spec, 'args')],
      ['Ports', listAt(spec, 'ports').map(portText).join(', ')],
      ['Requests', pairsAt(spec, 'resources', 'requests')],
      ['Limits', pairsAt(spec, 'resources', 'limits')],
      ...probes.map((field): Lines[number] => [PROBES[field], probeText(at(spec, field))]),
    ])
  })
}

const PROBES = { startupProbe: 'Startup probe', readinessProbe: 'Readiness probe', livenessProbe: 'Liveness probe' }

export function portText(port: unknown): string {
  const name = textAt(port, 'name')
  const number = textAt(port, 'containerPort') || textAt(port, 'port')
  const target = textAt(port, 'targetPort')
  const node = textAt(port, 'nodePort')
  const to = target !== '' && target !== number ? ` → ${target}` : ''
  return `${name === '' ? '' : `${name} `}${number}/${textAt(port, 'protocol') || 'TCP'}${to}${node ? ` (node port ${node})` : ''}`
}

function probeText(probe: unknown): string {
  if (probe === undefined) return ''
  const http = at(probe, 'httpGet')
  const tcp = at(probe, 'tcpSocket')
  const grpc = at(probe, 'grpc')
  const what =
    http !== undefined
      ? `GET ${textAt(http, 'scheme').toLowerCase() === 'https' ? 'https ' : ''}:${textAt(http, 'port')}${textAt(http, 'path')}`
      : tcp !== undefined
        ? `TCP ${textAt(tcp, 'port')}`
        : grpc !== undefined
          ? `gRPC ${textAt(grpc, 'port')}`
          : `exec ${wordsAt(probe, 'exec', 'command')}`
  const delay = textAt(probe, 'initialDelaySeconds')
  const times = [
    delay === '' || delay === '0' ? '' : `after ${delay}s`,
    `every ${textAt(probe, 'periodSeconds') || '10'}s`,
    `timeout ${textAt(probe, 'timeoutSeconds') || '1'}s`,
    `fails after ${textAt(probe, 'failureThreshold') || '3'}`,
  ]
  return `${what}, ${times.filter(Boolean).join(', ')}`
}

/** Environment variables with values or sources; values under a credential's name are masked. */
export function environmentSection(pod: unknown): Section[] {
  const rows = containersOf(pod).flatMap((container) => [
    ...listAt(container.spec, 'envFrom').map((source) => {
      const map = textAt(source, 'configMapRef', 'name')
      return [
        title(container),
        '(all keys)',
        map ? `ConfigMap ${map}` : `Secret ${textAt(source, 'secretRef', 'name')}`,
      ]
    }),
    ...listAt(container.spec, 'env').map((variable) => [
      title(container),
      textAt(variable, 'name'),
      envValue(variable),
    ]),
  ])
  return tableSection('Environment', ['CONTAINER', 'NAME', 'VALUE'], rows)
}

function envValue(variable: unknown): string {
  const from = at(variable, 'valueFrom')
  const name = textAt(variable, 'name')
  if (from === undefined) return oneLine(maskVariable(name, textAt(variable, 'value')))
  const secret = at(from, 'secretKeyRef')
  if (secret !== undefined) return `Secret ${textAt(secret, 'name')}, key ${textAt(secret, 'key')}`
  const map = at(from, 'configMapKeyRef')
  if (map !== undefined) return `ConfigMap ${textAt(map, 'name')}, key ${textAt(map, 'key')}`
  return textAt(from, 'fieldRef', 'fieldPath') || textAt(from, 'resourceFieldRef', 'resource')
}

/** Volumes with source and mount paths, without the API server's own token volume. */
export function volumesSection(pod: unknown): Section[] {
  const containers = containersOf(pod)
  const rows = listAt(pod, 'spec', 'volumes')
    .filter((volume) => !textAt(volume, 'name').startsWith('kube-api-access-'))
    .map((volume) => {
      const name = textAt(volume, 'name')
      const [type = ''] = Object.keys(recordAt(volume)).filter((field) => field !== 'name')
      const source = recordAt(volume, type)
      const which = ['claimName', 'secretName', 'name', 'path', 'driver', 'server'].map((field) =>
        textAt(source, field),
      )
      const mounts = containers.flatMap(({ name: container, spec }) =>
        listAt(spec, 'volumeMounts')
          .filter((mount) => textAt(mount, 'name') === name)
          .map((mount) => `${container}:${textAt(mount, 'mountPath')}`),
      )
      return [name, type, which.find(Boolean) ?? '', mounts.join(', ')]
    })
  return tableSection('Volumes', ['NAME', 'TYPE', 'SOURCE', 'MOUNTED AT'], rows)
}
