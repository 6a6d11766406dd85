/** A container that the runtime cannot start: its command, its user or its mounts. */
import { msg } from '../../../../shared/messages/create'
import { eventFact, fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

const WAITING =
  /^(?:CreateContainerError|RunContainerError|StartError|PostStartHookError|PreCreateHookError|CreateContainerConfigError)$/
const ENDED = /^(?:StartError|ContainerCannotRun)$/

export const startError: Check = {
  id: 'start-error',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: w}, spec: {containers: [{name: w}]}, status: {phase: Running, containerStatuses: [{name: w, restartCount: 2, state: {waiting: {reason: RunContainerError, message: 'exec: "serve": executable file not found in $PATH'}}}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: w}, spec: {containers: [{name: w}]}, status: {phase: Pending, containerStatuses: [{name: w, state: {waiting: {reason: ContainerCreating}}}]}}`,
      `
- {kind: Pod, metadata: {name: mail, namespace: a}, spec: {containers: [{name: mail, envFrom: [{secretRef: {name: smtp}}]}]}, status: {phase: Pending, containerStatuses: [{name: mail, state: {waiting: {reason: CreateContainerConfigError, message: 'secret "smtp" not found'}}}]}}`,
    ],
  },
}

/** Reported by the check for missing configuration. */
const MISSING = /not found$|couldn't find key/

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  return facts.containers.flatMap((container): Found[] => {
    const { name, waiting, terminated, last } = container
    const end = [terminated, last].find((each) => ENDED.test(each?.reason ?? ''))
    const isWaiting = waiting !== undefined && WAITING.test(waiting.reason)
    if (container.ready || (!isWaiting && !end)) return []
    const event = world.events(object, /^(?:Failed|FailedPostStartHook)$/)[0]
    const words = (isWaiting ? waiting.message : '') || end?.message || event?.message || waiting?.reason || ''
    if (
      waiting?.reason === 'CreateContainerConfigError' &&
      (words === '' || (MISSING.test(words) && !/executable/.test(words)))
    )
      return []
    const isCommand = /executable file not found|no such file or directory|permission denied/.test(words)
    return [
      {
        object: refOf(object),
        severity: 'critical',
        certainty: 'certain',
        cause: isCommand ? msg('start-command', { container: name }) : msg('start-failed', { container: name }),
        next: isCommand ? msg('next-exit-command') : msg('next-start-failed'),
        evidence: [fact('status', words), ...(event && event.message !== words ? [eventFact(event)] : [])],
      },
    ]
  })
}
