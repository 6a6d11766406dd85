/** A volume that cannot be attached or mounted, or a pod whose network cannot be set up. */
import { msg } from '../../../../shared/messages/create'
import { eventFact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { podClaims } from './claims'

const REASONS = /^(?:FailedMount|FailedAttachVolume|FailedMapVolume|FailedCreatePodSandBox)$/
/** Reported by the check for missing configuration. */
const MISSING = /\b(?:secret|configmap)s? "[^"]+" not found|references non-existent/

export const volumeMount: Check = {
  id: 'volume-mount',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: db, namespace: a}, spec: {nodeName: n, containers: [{name: db}], volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "True"}], containerStatuses: [{name: db, state: {waiting: {reason: ContainerCreating}}}]}}
- {kind: Event, metadata: {name: e, namespace: a}, type: Warning, reason: FailedAttachVolume, message: 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) db-old', lastTimestamp: "2026-11-29T11:59:50Z", involvedObject: {kind: Pod, name: db, namespace: a}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: db, namespace: a}, spec: {nodeName: n, containers: [{name: db}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: db, ready: true, restartCount: 0, state: {running: {}}}]}}
- {kind: Event, metadata: {name: e, namespace: a}, type: Warning, reason: FailedMount, message: 'MountVolume.SetUp failed: timed out', lastTimestamp: "2026-11-29T11:59:50Z", involvedObject: {kind: Pod, name: db, namespace: a}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  if (
    facts.phase !== 'Pending' ||
    facts.unscheduled?.reason === 'Unschedulable' ||
    facts.containers.some(({ started }) => started)
  )
    return []
  const event = world.events(object, REASONS).find(({ message }) => !MISSING.test(message))
  if (!event) return []
  const isNetwork = event.reason === 'FailedCreatePodSandBox'
  const isMultiAttach = /Multi-Attach/.test(event.message)
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'certain',
      cause: isNetwork ? msg('sandbox-failed') : isMultiAttach ? msg('volume-multi-attach') : msg('volume-failed'),
      next: isNetwork
        ? msg('next-sandbox-failed')
        : isMultiAttach
          ? msg('next-volume-multi-attach')
          : msg('next-volume-failed'),
      evidence: [eventFact(event)],
      because: isNetwork ? [] : podClaims(object),
    },
  ]
}
