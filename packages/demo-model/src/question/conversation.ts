/** What the earlier turns of a conversation tell about the next question. */
import { builtInKindNamed } from '#shared/kubernetes/built-in-kinds'
import { unhealthyRows } from '../results/health'
import { readRows } from '../results/tables'
import type { Row } from '../results/tables'
import type { Intent } from './intent'
import { kindNamed, plural, type ObjectKind } from './kinds'
import { demoKnown, type Known } from './known'
import type { DoneCall, Turn } from './turn'

/** The object that "it" means. */
export interface Focus {
  kind?: ObjectKind
  name: string
  namespace?: string
}

export interface Conversation {
  known: Known
  focus?: Focus
  /** The intent of the question before. */
  previous?: Intent
}

export const NEW_CONVERSATION: Conversation = { known: demoKnown() }

/** @param read reads the intent of a question within the conversation before it */
export function conversationAfter(
  turns: Turn[],
  read: (question: string, before: Conversation) => Intent,
): Conversation {
  const known = demoKnown()
  let conversation: Conversation = { known }
  for (const { question, done } of turns) {
    const previous = read(question, conversation)
    for (const call of done) learn(known, call)
    const focus =
      done
        .toReversed()
        .map(focusOf)
        .find((each) => each !== undefined) ?? conversation.focus
    conversation = { known, previous, ...(focus && { focus }) }
  }
  return conversation
}

/** Remembers the names in a result. */
function learn(known: Known, call: DoneCall): void {
  const kind = kindOfCall(call)
  for (const { NAME, NAMESPACE } of rowsOf(call)) {
    if (NAME) known.add(NAME, kind)
    if (NAMESPACE) known.add(NAMESPACE, 'namespace')
  }
}

function focusOf(call: DoneCall): Focus | undefined {
  const { name, namespace } = call.arguments
  if (typeof name === 'string' && name !== '') {
    const where = typeof namespace === 'string' ? namespace : placeIn(call.result)
    return focus(kindOfCall(call) ?? workloadIn(call.result), name, where)
  }
  const kind = kindOfCall(call)
  if (!kind) return undefined
  const rows = rowsOf(call)
  const [only] = rows.length === 1 ? rows : []
  const [bad, ...others] = unhealthyRows(plural(kind), rows)
  if (only?.NAME) return focus(kind, only.NAME, only.NAMESPACE ?? textOf(namespace))
  return bad && others.length === 0 ? focus(kind, bad.name, bad.namespace ?? textOf(namespace)) : undefined
}

function focus(kind: ObjectKind | undefined, name: string, namespace: string | undefined): Focus {
  return { ...(kind && { kind }), name, ...(namespace && { namespace }) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function rowsOf({ result }: DoneCall): Row[] {
  return readRows(result) ?? []
}

function kindOfCall({ name, arguments: args }: DoneCall): ObjectKind | undefined {
  const word = [args.resource, args.resourceType, args.kind].find((each) => typeof each === 'string')
  if (typeof word === 'string') return kindNamed(builtInKindNamed(word)?.singular ?? word)
  if (/^helm_|_helm_chart$/.test(name)) return 'release'
  if (/cordon|drain/.test(name)) return 'node'
  return /^pods_/.test(name) ? 'pod' : undefined
}

/** The namespace in the heading of our own server's result. */
function placeIn(result: string): string | undefined {
  return /^\w+ \S+ in namespace ([^\s:.]+)/.exec(result)?.[1] ?? /^Log of pod ([^/\s]+)\//.exec(result)?.[1]
}

/** `There is no pod cart; this is deployment/cart in shop.` */
function workloadIn(result: string): ObjectKind | undefined {
  return kindNamed(/\bthis is (\w+)\/\S+ in /.exec(result)?.[1] ?? '')
}
