/** Why a container has no log: the pod is unscheduled, evicted, cannot pull its image, or has not started yet. */
import type { Message } from '../../../shared/messages/message'
import { both, msg, quotedWords } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { currentInit, stateText } from './pod'
import type { Container, Pod } from './pod'

const PULL =
  /^(?:ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError|RegistryUnavailable)$/

/** @returns undefined if the container has or had a run */
export function whyUnread(pod: Pod, container: Container): ResultNote | undefined {
  if (container.started) return undefined
  if (pod.phase === 'Failed' || pod.phase === 'Succeeded') {
    const reason = pod.reason ?? pod.phase
    return withWords(msg('pod-ended', { reason }), pod.message)
  }
  if (pod.unscheduled) {
    const { message } = pod.unscheduled
    const words = plain(message)
    const why = words === '' ? msg('scheduler-no-reason') : msg('scheduler-says', { words })
    return both(msg('pod-not-scheduled'), why)
  }
  const reason = container.waiting?.reason ?? ''
  const { name: own, image } = container
  const message = container.waiting?.message
  if (PULL.test(reason)) {
    return withWords(msg('image-not-pulled', { container: own, reason, image }), message)
  }
  const init = currentInit(pod)
  if (init && init.name !== container.name) {
    return msg('pod-initializing', { container: own, init: init.name, state: stateText(init, pod) })
  }
  const state = reason === '' ? pod.phase : reason
  return withWords(msg('container-not-started', { container: own, state }), message)
}

/** The sentence and the cluster's own words. */
function withWords(sentence: Message, words: string | undefined): Message {
  const text = plain(words)
  return both(sentence, text === '' ? undefined : quotedWords(text))
}

/** One line that ends as a sentence. */
function plain(words: string | undefined): string {
  const text = words?.trim().replace(/\s+/g, ' ').slice(0, 400) ?? ''
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`
}
