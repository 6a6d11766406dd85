/** Why a container has no log: the pod is unscheduled, evicted, cannot pull its image, or has not started yet. */
import type { ResultNote } from '../../../shared/result'
import { note } from './note'
import { currentInit, stateText } from './pod'
import type { Container, Pod } from './pod'

const PULL =
  /^(?:ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError|RegistryUnavailable)$/

/** @returns undefined if the container has or had a run */
export function whyUnread(pod: Pod, container: Container): ResultNote | undefined {
  if (container.started) return undefined
  const params = { pod: pod.name, namespace: pod.namespace, container: container.name }
  if (pod.phase === 'Failed' || pod.phase === 'Succeeded') {
    const reason = pod.reason ?? pod.phase
    return note('pod-ended', `The pod has ended (${reason}), and there is no log.${sentence(pod.message)}`, {
      ...params,
      reason,
    })
  }
  if (pod.unscheduled) {
    const { message } = pod.unscheduled
    const why = message === '' ? ' The scheduler gives no reason.' : ` The scheduler:${sentence(message)}`
    return note('pod-not-scheduled', `The pod has not been scheduled yet, so there is no log.${why}`, {
      ...params,
      reason: message,
    })
  }
  const reason = container.waiting?.reason ?? ''
  const message = sentence(container.waiting?.message)
  if (PULL.test(reason)) {
    const text = `The container ${container.name} has not started: ${reason}, image ${container.image}.${message}`
    return note('image-not-pulled', text, { ...params, reason, image: container.image })
  }
  const init = currentInit(pod)
  if (init && init.name !== container.name) {
    const text = `The container ${container.name} has not started: the pod waits for the init container ${init.name} (${stateText(init, pod)}).`
    return note('pod-initializing', text, { ...params, init: init.name })
  }
  const state = reason === '' ? pod.phase : reason
  return note('container-not-started', `The container ${container.name} has not started: ${state}.${message}`, {
    ...params,
    reason: state,
  })
}

/** The message as a sentence with a leading space. */
function sentence(message: string | undefined): string {
  const text = message?.trim().replace(/\s+/g, ' ').slice(0, 400) ?? ''
  if (text === '') return ''
  return ` ${text}${/[.!?]$/.test(text) ? '' : '.'}`
}
