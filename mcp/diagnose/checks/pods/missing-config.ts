/** A ConfigMap, a Secret or one of their keys that a container needs and that does not exist. */
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { Evidence } from '../../../../shared/findings'
import { eventFact, fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { configRefs } from './config-refs'

/** The kubelet's words: `secret "x" not found`, `couldn't find key a in Secret shop/x`. */
const NOT_FOUND = /\b(secret|configmap)s? "([^"]+)" not found/i
const NO_KEY =
  /couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]+\/(\S+)|references non-existent (secret|config) key: (\S+)/

export const missingConfig: Check = {
  id: 'missing-config',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: mail, namespace: a}, spec: {containers: [{name: mail, envFrom: [{secretRef: {name: smtp}}]}]}, status: {phase: Pending, containerStatuses: [{name: mail, state: {waiting: {reason: CreateContainerConfigError, message: 'secret "smtp" not found'}}}]}}`,
      `
- {kind: Pod, metadata: {name: web, namespace: a}, spec: {containers: [{name: web}], volumes: [{name: c, configMap: {name: web}}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "True"}], containerStatuses: [{name: web, state: {waiting: {reason: ContainerCreating}}}]}}`,
      `
- {kind: Pod, metadata: {name: web, namespace: a}, spec: {containers: [{name: web}]}, status: {phase: Pending, containerStatuses: [{name: web, state: {waiting: {reason: CreateContainerConfigError, message: "couldn't find key url in Secret a/db"}}}]}}
- {kind: Secret, metadata: {name: db, namespace: a}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: web, namespace: a}, spec: {containers: [{name: web, envFrom: [{configMapRef: {name: extra, optional: true}}]}]}, status: {phase: Pending, containerStatuses: [{name: web, state: {waiting: {reason: ContainerCreating}}}]}}`,
      `
- {kind: Pod, metadata: {name: web, namespace: a}, spec: {containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}, status: {phase: Running, containerStatuses: [{name: web, ready: true, state: {running: {}}}]}}`,
    ],
  },
}

function findIn(world: World, pod: TroubledPod): Found[] {
  const { object, facts } = pod
  const waiting = facts.containers.find(
    (each) =>
      each.waiting && /^(?:CreateContainerConfigError|ContainerCreating|PodInitializing|)$/.test(each.waiting.reason),
  )
  if (!waiting || facts.unscheduled?.reason === 'Unschedulable' || facts.phase === 'Running') return []
  const events = world.events(object, /^(?:Failed|FailedMount)$/)
  const words = [waiting.waiting?.message ?? '', ...events.map(({ message }) => message)]
  const telling = events.find(({ message }) => NOT_FOUND.test(message) || NO_KEY.test(message))
  const evidence = telling
    ? [eventFact(telling)]
    : waiting.waiting?.message
      ? [fact('status', waiting.waiting.message)]
      : []
  const keys = words.flatMap((each) => missingKey(each, object.metadata.namespace) ?? [])
  const [key] = keys
  if (key) return [found(object, key.cause, key.ref, evidence)]
  const refs = configRefs(object).filter((each) => !each.optional)
  const named = words.flatMap((each) => namedIn(each, object.metadata.namespace) ?? [])
  const missing = refs.find(({ ref }) => world.isMissing(ref))?.ref ?? named.find((ref) => !world.find(ref))
  if (!missing) return []
  const cause =
    missing.kind === 'Secret'
      ? msg('secret-missing', { name: missing.name })
      : msg('configmap-missing', { name: missing.name })
  const use = refs.find(({ ref }) => ref.kind === missing.kind && ref.name === missing.name)
  return [found(object, cause, missing, [...(use ? [fact('spec', use.use)] : []), ...evidence])]
}

function found(object: TroubledPod['object'], cause: Message, missing: Ref, evidence: Evidence[]): Found {
  return {
    object: refOf(object),
    severity: 'critical',
    certainty: 'certain',
    cause,
    next:
      missing.kind === 'Secret'
        ? msg('next-secret-missing', { name: missing.name })
        : msg('next-configmap-missing', { name: missing.name }),
    evidence,
    because: [missing],
  }
}

function missingKey(words: string, namespace: string | undefined): { cause: Message; ref: Ref } | undefined {
  const match = NO_KEY.exec(words)
  const [, key, kind, name] = match ?? []
  if (key === undefined || kind === undefined || name === undefined) return undefined
  const cause =
    kind === 'Secret' ? msg('secret-key-missing', { name, key }) : msg('configmap-key-missing', { name, key })
  return { cause, ref: { kind, namespace, name } }
}

function namedIn(words: string, namespace: string | undefined): Ref | undefined {
  const [, kind, name] = NOT_FOUND.exec(words) ?? []
  if (kind === undefined || name === undefined) return undefined
  return { kind: kind.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap', namespace, name }
}
