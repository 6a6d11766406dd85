/** Parses a question's intent from its words, in English and Vietnamese. */
import { NEW_CONVERSATION, type Conversation } from './conversation'
import { isContinuation, readContinuation, withoutPronouns } from './follow-up'
import type { Intent } from './intent'
import { kindIn, plural, type ObjectKind } from './kinds'
import { languageOf } from './language'
import { looksGenerated, namesIn } from './names'
import { listOptions, logOptions } from './options'
import { objectIntent, podAndPlace, type Seen } from './seen'
import { plain, spelled, withoutPoliteness } from './text'
import { CHANGES, readWrite } from './write-intent'
import * as words from './words'

export function readIntent(question: string, before: Conversation = NEW_CONVERSATION): Intent {
  const whole = spelled(withoutPoliteness(plain(question)))
  const text = withoutPronouns(whole, before, languageOf(question) === 'vi')
  const write = readWrite(question, text, before.known)
  if (write || CHANGES.test(text)) return { type: 'write', write }
  const seen: Seen = { text, kind: kindIn(text), names: namesIn(text, before.known), before }
  return readView(seen) ?? readContinuation(text, before) ?? readState(seen) ?? readList(seen) ?? { type: 'help' }
}

/** Questions that name a way to look: logs, YAML, a rollout, usage. */
function readView(seen: Seen): Intent | undefined {
  const { text, kind } = seen
  if (words.YAML.test(text)) return objectIntent(seen, 'yaml', 'pod')
  if (words.HELM.test(text)) {
    const view = words.VALUES.test(text) ? 'values' : words.HISTORY.test(text) ? 'history' : undefined
    const release = view && objectIntent(seen, view, 'release')
    if (release) return release
  }
  if (words.ROLLOUT.test(text) || words.PAST.test(text)) {
    const isHistory = words.HISTORY.test(text)
    const rollout = objectIntent(seen, isHistory ? 'rollout-history' : 'rollout-status', 'deployment')
    if (rollout) return rollout
  }
  if (words.LOGS.test(text)) return { type: 'logs', ...podAndPlace(seen), ...logOptions(text) }
  if (kind === 'event' || words.CHANGED.test(text)) return eventsIntent(seen)
  if (words.TOP.test(text) && !words.WANTED.test(text)) return topIntent(seen)
  if (!words.DESCRIBE.test(text)) return undefined
  return objectIntent(seen, 'describe') ?? { type: 'describe', ...podAndPlace(seen) }
}

/** "Why is X failing?", "Is X healthy?" */
function readState(seen: Seen): Intent | undefined {
  const { text, kind, names } = seen
  if (!words.WRONG.test(text) && !words.HEALTH.test(text)) return undefined
  const subject = names.kind ?? kind
  const isOfPods = subject === undefined || POD_OWNERS.has(subject)
  if (!isOfPods && subject !== 'namespace') return objectIntent(seen, 'describe') ?? readList(seen)
  if (words.WRONG.test(text) || names.name === undefined)
    return subject === 'deployment' && names.name === undefined
      ? readList(seen)
      : { type: 'diagnose', ...podAndPlace(seen) }
  return objectIntent(seen, 'describe') ?? { type: 'diagnose', ...podAndPlace(seen) }
}

/** Their faults show at the pods. */
export const POD_OWNERS: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  'pod',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
])

/** A kind, or one object of it. */
function readList(seen: Seen): Intent | undefined {
  const { text, kind = words.kindMeant(text), names, before } = seen
  if (words.EXPLAIN.test(text)) return undefined
  const isQuestion = text.trim().split(/\s+/).length <= 6 || isContinuation(text) || words.LIST.test(text)
  if (!isQuestion) return undefined
  const options = kind && listOptions(text, kind, before.known)
  const isPlace = options?.fieldSelector !== undefined || options?.labelSelector !== undefined
  const one = isPlace ? undefined : objectIntent(seen, 'describe')
  if (one) return one
  if (!kind) return names.name === undefined ? undefined : { type: 'describe', ...podAndPlace(seen) }
  if (kind === 'pod' && names.name !== undefined && !isPlace && looksGenerated(names.name))
    return { type: 'describe', ...podAndPlace(seen) }
  const isOutside = kind === 'namespace' || kind === 'node' || kind === 'persistentvolume' || kind === 'storageclass'
  const namespace =
    names.namespace ?? (isContinuation(text) && 'namespace' in (before.previous ?? {}) ? placeOf(before) : undefined)
  return {
    type: 'list',
    kind: plural(kind),
    ...(namespace && !isOutside && { namespace }),
    ...(options && { options }),
  }
}

function placeOf({ previous }: Conversation): string | undefined {
  return previous && 'namespace' in previous ? previous.namespace : undefined
}

function eventsIntent(seen: Seen): Intent {
  const { text, names, before } = seen
  const object = objectIntent(seen, 'events', 'pod')
  if (object) return object
  const options = listOptions(text, 'event', before.known)
  return {
    type: 'list',
    kind: 'events',
    ...(names.namespace && { namespace: names.namespace }),
    ...(options && { options }),
  }
}

function topIntent({ text, kind, names, before }: Seen): Intent {
  const isNodes =
    kind === 'node' ||
    (kind === undefined && names.name === undefined && names.namespace === undefined && words.CLUSTER.test(text))
  const sortBy = words.MEMORY.test(text) && !/\bcpu\b/.test(text) ? { sortBy: 'memory' as const } : {}
  const name = names.name ?? (isContinuation(text) ? before.focus?.name : undefined)
  if (isNodes) return { type: 'top', kind: 'nodes', ...(name && { name }), ...sortBy }
  return {
    type: 'top',
    kind: 'pods',
    ...(name && { name }),
    ...(names.namespace && { namespace: names.namespace }),
    ...sortBy,
  }
}
