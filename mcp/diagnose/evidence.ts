/** Creates rows of evidence. */
import { formatTime } from './time'
import type { ClusterEvent } from '../../shared/kubernetes/events'
import type { Evidence } from '../../shared/findings'
import { shorten } from '../../shared/kubernetes/health/health'
import { quotedWords } from '../../shared/messages/create'
import type { Message } from '../../shared/messages/message'

/** A field of an object, in our words or the cluster's. */
export function fact(source: 'status' | 'spec', text: string | Message, about?: string): Evidence {
  return {
    source,
    text: typeof text === 'string' ? quotedWords(shorten(text)) : text,
    ...(about !== undefined && { about }),
  }
}

export function eventFact({ reason, message, count, last }: ClusterEvent, about?: string): Evidence {
  return {
    source: 'event',
    text: quotedWords(shorten(message === '' ? reason : `${reason}: ${message}`)),
    ...(about !== undefined && { about }),
    ...(last !== undefined && { at: formatTime(last) }),
    ...(count > 1 && { count }),
  }
}

/** @param about pod, container and run */
export function logFact(line: string, about: string): Evidence {
  return { source: 'log', about, text: quotedWords(shorten(line)) }
}
