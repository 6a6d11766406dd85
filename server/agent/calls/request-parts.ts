/**
 * A request for several objects: one call and card for each, in order. An object that needs an earlier, not yet
 * existing one is asked for after that one has run.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ToolCall, ToolOutcome } from '../events'
import type { RequestPart, WriteCall } from '#shared/changes/pending-write'
import type { ApprovalGate, Asked, NotAsked, Prepared } from './approval-gate'
import { newCallId } from './call-id'

export type CallParts = Omit<WriteCall, 'toolCallId' | 'arguments'>

/** One call of a request, with its card or the reason for having none. */
export interface PartCall {
  call: ToolCall
  asked: Asked | { kind: 'planned'; outcome: ToolOutcome }
}

/** Errors for missing things that an earlier object of the request may create. */
const MISSING = new Set(['missing-namespace', 'unknown-kind', 'not-found', 'namespace-not-found'])

/** A new kind is served with a delay. In milliseconds. */
const PATIENCE_MS = 5000
const AGAIN_MS = 250

export const NOT_TRIED = msg('call-not-tried')

interface Options {
  approvalGate: ApprovalGate
  precededBy: string | Message | undefined
  signal: AbortSignal
  /** Calls of the request have run: their objects may appear with a delay. */
  hasRun?: boolean
}

type Change = Extract<Prepared, { kind: 'change' }>

/**
 * Prepares the calls of a request in order, and asks for those that can run now.
 * @param list arguments of each call
 * @param id of the request
 */
export async function askParts(
  parts: CallParts,
  list: readonly Record<string, unknown>[],
  options: Options,
  id: string = randomUUID(),
): Promise<PartCall[]> {
  const { approvalGate, precededBy, signal } = options
  const made: { call: ToolCall; prepared: Change | NotAsked }[] = []
  let rest: Record<string, unknown>[] = []
  for (const [at, args] of list.entries()) {
    const call = { id: newCallId(), name: parts.name, arguments: args }
    const write = { ...parts, toolCallId: call.id, arguments: args }
    const prepared = await prepareSoon(write, options)
    const earlier = made.flatMap(({ prepared }) => (prepared.kind === 'change' ? [prepared] : []))
    if (prepared.kind === 'answer' && waitsFor(prepared, earlier)) {
      rest = list.slice(at)
      break
    }
    made.push({ call, prepared })
    if (prepared.kind === 'change' || !isInOrder(parts)) continue
    for (const other of list.slice(at + 1)) made.push(notTried(parts, other))
    break
  }
  signal.throwIfAborted()
  const last = made.findLastIndex(({ prepared }) => prepared.kind === 'change')
  const asked: PartCall[] = []
  for (const [at, { call, prepared }] of made.entries()) {
    const part: RequestPart = { id, rest: at === last ? rest : [] }
    asked.push({
      call,
      asked:
        prepared.kind === 'change' ? await approvalGate.ask(prepared.write, { precededBy, part }, signal) : prepared,
    })
  }
  if (asked[last]?.asked.kind === 'asked') return asked
  return [
    ...asked,
    ...rest.map((args) => notTried(parts, args)).map(({ call, prepared }) => ({ call, asked: prepared })),
  ]
}

/** A creation or update may need the previous one; deletions are independent. */
export function isInOrder({ tool }: Pick<CallParts, 'tool'>): boolean {
  return /apply|create/.test(tool)
}

/** Not asked for, since an earlier object of its request was refused. */
function notTried({ name }: CallParts, args: Record<string, unknown>): { call: ToolCall; prepared: NotAsked } {
  const call = { id: newCallId(), name, arguments: args }
  return { call, prepared: { kind: 'answer', status: 'error', detail: NOT_TRIED } }
}

async function prepareSoon(call: WriteCall, { approvalGate, signal, hasRun }: Options): Promise<Change | NotAsked> {
  const deadline = performance.now() + (hasRun ? PATIENCE_MS : 0)
  for (;;) {
    const prepared = await approvalGate.prepare(call, signal)
    if (prepared.kind === 'split') return { kind: 'answer', status: 'error', detail: msg('call-several-again') }
    const isMissing = prepared.kind === 'answer' && MISSING.has(prepared.code ?? '')
    if (!isMissing || performance.now() >= deadline) return prepared
    await delay(AGAIN_MS, undefined, { signal })
  }
}

/** Whether an earlier object of the request may create the missing one. */
function waitsFor({ code }: NotAsked, earlier: readonly Change[]): boolean {
  if (code === undefined || !MISSING.has(code)) return false
  const created = earlier.flatMap(({ write }) => write.objects).filter(({ verb }) => verb === 'create')
  switch (code) {
    case 'unknown-kind':
      return created.some(({ kind }) => kind === 'CustomResourceDefinition')
    case 'missing-namespace':
    case 'namespace-not-found':
      return created.some(({ kind }) => kind === 'Namespace')
    default:
      return created.length > 0
  }
}
