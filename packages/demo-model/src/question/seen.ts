/** What a question is about: its text, and the object in it or in the conversation. */
import type { Conversation } from './conversation'
import { isContinuation } from './follow-up'
import type { Intent, ObjectView, PodName } from './intent'
import type { ObjectKind } from './kinds'
import { looksGenerated, type Names } from './names'

export interface Seen {
  text: string
  kind: ObjectKind | undefined
  names: Names
  before: Conversation
}

/**
 * @param usual the kind if neither the question nor the name tells one
 * @returns undefined without a name, and for pods' descriptions, which are found in a list
 */
export function objectIntent(
  { text, kind, names, before }: Seen,
  view: ObjectView,
  usual?: ObjectKind,
): Intent | undefined {
  const focus = names.name === undefined && isAboutFocus(text, view) ? before.focus : undefined
  const name = names.name ?? focus?.name ?? (kind === 'namespace' ? names.namespace : undefined)
  if (name === undefined) return undefined
  const isRelease = view === 'values' || view === 'history'
  const named = names.kind ?? focus?.kind ?? (before.known.has(name, kind ?? 'pod') ? kind : undefined)
  const own = isRelease
    ? 'release'
    : (named ?? before.known.kindOf(name) ?? (kind === 'event' ? undefined : kind) ?? usual)
  if (own === undefined || (own === 'pod' && view === 'describe')) return undefined
  const target = own === 'pod' && view.startsWith('rollout') ? 'deployment' : own
  const namespace = names.namespace === name ? undefined : (names.namespace ?? focus?.namespace)
  return { type: 'object', view, kind: target, name, ...(namespace && { namespace }) }
}

/** Without a name, some questions can only mean the last object. */
function isAboutFocus(text: string, view: ObjectView): boolean {
  return view !== 'describe' && (view !== 'events' || isContinuation(text))
}

export function podAndPlace({ names, before }: Seen): { pod?: PodName; namespace?: string } {
  const { name, kind, namespace } = names
  if (name === undefined && namespace === undefined && before.focus && before.focus.kind !== 'namespace')
    return ofFocus(before)
  const whole = name !== undefined && looksGenerated(name)
  return {
    ...(name !== undefined && { pod: { text: name, whole, ...(kind && { kind }) } }),
    ...(namespace && { namespace }),
  }
}

function ofFocus({ focus }: Conversation): { pod?: PodName; namespace?: string } {
  if (!focus) return {}
  const { name, kind, namespace } = focus
  return {
    pod: { text: name, whole: looksGenerated(name), ...(kind && { kind }) },
    ...(namespace && { namespace }),
  }
}
