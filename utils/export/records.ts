/** A conversation as records: questions, reads and changes, answers. */
import type { ResultPart } from '#shared/result'
import { readCommandLine } from '#shared/kubernetes/read-command'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { approvalsByCall } from '../approval/approvals'
import { messageText, resultsByCall } from '../chat/messages'
import { toolState, type ToolState } from '../chat/toolState'

export interface CallRecord {
  tool: string
  arguments: unknown
  /** The kubectl or helm command that does the same; absent if there is none. */
  command?: string
  status: ToolState['status']
  durationMs?: number
  /** Of a change. */
  approval?: {
    title: string
    cluster: string
    user?: string
    answer: 'approved' | 'declined' | 'open'
    reason?: string
  }
  result?: ResultPart
  /** What the model was given, if there is no result of its own for the person. */
  text?: string
}

export interface TurnRecord {
  /** RFC 3339 with the person's offset; absent in conversations of older versions. */
  askedAt?: string
  question: string
  /** Objects that the question was about. */
  about: string[]
  /** The operator's runbook that was run. */
  runbook?: { title: string; text?: string }
  calls: CallRecord[]
  answer: string
  model?: string
  /** RFC 3339 in UTC. */
  answeredAt?: string
}

export function turnRecords(messages: readonly AppUIMessage[]): TurnRecord[] {
  const turns: TurnRecord[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (message.role === 'user') turns.push(questionRecord(message))
    else if (last) addAnswer(last, message)
  }
  return turns
}

function questionRecord(message: AppUIMessage): TurnRecord {
  const { time, context } = message.metadata?.asked ?? {}
  const about = context?.resources.map(
    ({ kind, namespace, name }) => `${kind} ${[namespace, name].filter(Boolean).join('/')}`,
  )
  return {
    ...(time !== undefined && { askedAt: time }),
    question: messageText(message),
    about: about ?? [],
    calls: [],
    answer: '',
  }
}

function addAnswer(turn: TurnRecord, message: AppUIMessage): void {
  const { model, finishedAt, runbook } = message.metadata ?? {}
  if (runbook) turn.runbook = { ...runbook, title: runbook.title.en }
  turn.calls.push(...callRecords(message))
  turn.answer = [turn.answer, messageText(message)].filter(Boolean).join('\n\n')
  if (model !== undefined) turn.model = model
  if (finishedAt !== undefined) turn.answeredAt = new Date(finishedAt).toISOString()
}

function callRecords(message: AppUIMessage): CallRecord[] {
  const results = resultsByCall(message)
  const approvals = approvalsByCall(message)
  return message.parts.flatMap((part): CallRecord[] => {
    if (part.type !== 'dynamic-tool') return []
    const { status, durationMs, text } = toolState(part)
    const result = results.get(part.toolCallId)
    const approval = approvals.get(part.toolCallId)
    const command = result?.kind === 'plan' ? result.command : commandOf(part.toolName, part.input, result)
    return [
      {
        tool: part.toolName,
        arguments: part.input,
        ...(command !== undefined && { command }),
        status,
        ...(durationMs !== undefined && { durationMs }),
        ...(approval && { approval: approvalRecord(approval, part.approval) }),
        ...(result ? { result } : text !== '' && { text }),
      },
    ]
  })
}

type Answer = Extract<AppUIMessage['parts'][number], { type: 'dynamic-tool' }>['approval']

function approvalRecord(
  { title, cluster, identity }: NonNullable<ReturnType<ReturnType<typeof approvalsByCall>['get']>>,
  answer: Answer,
): CallRecord['approval'] {
  const { approved, reason } = answer ?? {}
  return {
    title: title.text,
    cluster,
    ...(identity?.user !== undefined && { user: identity.user }),
    answer: approved === undefined ? 'open' : approved ? 'approved' : 'declined',
    ...(reason !== undefined && { reason }),
  }
}

/** The command behind a read, with the namespace that was found for its object. */
export function commandOf(tool: string, args: unknown, result: ResultPart | undefined): string | undefined {
  const cluster = result && 'cluster' in result ? result.cluster : undefined
  const namespace =
    result?.kind === 'object' ? result.object.namespace : result?.kind === 'log' ? result.namespace : undefined
  return readCommandLine(tool, args, {
    ...(namespace !== undefined && { namespace }),
    ...(cluster?.context !== undefined && { context: cluster.context }),
  })
}
