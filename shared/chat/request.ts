/**
 * The body of `POST /api/chat`: the page's UI messages, `{ role, content }`, or `{ role, text }` with the roles user
 * and bot. Either wrapped as `{ messages }` or a bare array.
 */
import { z } from 'zod'
import { approvalAnswerSchema } from '../changes/approval'
import { askedSchema } from './asked'
import { clusterIdSchema } from '../clusters'
import type { Asked } from './asked'
import type { ApprovalAnswer } from '../changes/approval'
import { isDeeperThan } from '../depth'
import { msg, quotedWords } from '../messages/create'
import { LocalizedError } from '../messages/error'
import type { Message } from '../messages/message'
import { turnIdSchema } from './turn-id'

/** Of the catalogue: zod carries the code, and the error is made of it. */
const PROBLEMS = ['field-not-role', 'field-no-files', 'field-not-parts'] as const

function codeOf(code: (typeof PROBLEMS)[number]): string {
  return code
}

const roleSchema = z.enum(['user', 'assistant', 'bot'], { error: codeOf('field-not-role') })

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() })

/** A tool call as the page posts it: with its compact result, without the table. */
const toolPartSchema = z.object({
  type: z.literal('dynamic-tool'),
  toolCallId: z.string().min(1),
  toolName: z.string().min(1).max(200),
  input: z.unknown(),
  state: z.string(),
  output: z.unknown().optional(),
  errorText: z.string().optional(),
  /** The answer to a call's approval, once given. */
  approval: z
    .object({
      id: z.string(),
      approved: z.boolean().optional(),
      reason: z.string().max(2000).optional(),
      signature: z.string().max(400_000).optional(),
    })
    .optional(),
})

/** Parts that the model does not see: reasoning, step marks, data. */
const otherPartSchema = z
  .looseObject({ type: z.string() })
  .refine((part) => part.type !== 'file', { error: codeOf('field-no-files') })

export const uiMessageSchema = z.object({
  id: z.string().optional(),
  role: roleSchema,
  parts: z.array(z.looseObject({ type: z.string() })),
  /** Other metadata of clients is ignored. */
  metadata: z
    .object({ asked: askedSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

const contentSchema = z.union([z.string(), z.array(textPartSchema)], {
  error: codeOf('field-not-parts'),
})

export const plainMessageSchema = z.object({ role: roleSchema, content: contentSchema })
export const botMessageSchema = z.object({ role: roleSchema, text: z.string() })

export type ToolPart = z.infer<typeof toolPartSchema>
export type MessagePart = z.infer<typeof textPartSchema> | ToolPart | z.infer<typeof otherPartSchema>

export function isToolPart(part: MessagePart): part is ToolPart {
  return part.type === 'dynamic-tool'
}

/** One message in normalised form. */
export interface ChatMessage {
  /** Set for a UI message. */
  id?: string
  role: 'user' | 'assistant'
  parts: MessagePart[]
  /** Set for a question, if the client sends it. */
  asked?: Asked
}

export interface ChatRequest {
  /** The conversation's id, if the client has one. */
  id?: string
  /** The conversation's cluster, if the user has several. */
  cluster?: string
  /** The client's own id for the turn, used to stop it or attach to it. */
  turnId?: string
  /** The turn survives a lost connection for a while, since the client will resume it. */
  resumable: boolean
  messages: ChatMessage[]
  /** Answers to approvals of an earlier JSON answer; UI messages carry theirs in their parts. */
  approvals: ApprovalAnswer[]
  /** A bare array gets a JSON answer unless `Accept` says otherwise. */
  bare: boolean
}

/** Names the wrong field and the reason. */
export class ChatRequestError extends LocalizedError {
  constructor(
    readonly field: string,
    problem: Message,
  ) {
    super(msg('field-problem', { field, problem }))
    this.name = 'ChatRequestError'
  }
}

export const MAX_MESSAGES = 2000

/** Maximum parts of a message: a turn has at most a few hundred. */
const MAX_PARTS = 2000

/** Our own calls nest arguments at most 64 levels deep. */
const MAX_LEVELS = 100

const envelopeSchema = z
  .object({
    id: z.unknown(),
    cluster: z.unknown(),
    turnId: z.unknown(),
    resumable: z.unknown(),
    messages: z.unknown(),
    approvals: z.unknown(),
  })
  .partial()

/**
 * Validates a parsed body.
 * @throws ChatRequestError naming the field
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const bare = Array.isArray(body)
  const wrapped = bare ? { messages: body } : body
  if (typeof wrapped !== 'object' || wrapped === null)
    throw new ChatRequestError('body', msg('field-not-messages', { shape: '{ "messages": [...] }' }))
  if (isDeeperThan(wrapped, MAX_LEVELS))
    throw new ChatRequestError('body', msg('field-too-deep', { levels: MAX_LEVELS }))
  const { id, cluster, turnId, resumable = false, messages, approvals = [] } = envelopeSchema.parse(wrapped)
  if (!Array.isArray(messages)) throw new ChatRequestError('messages', msg('field-not-array'))
  if (messages.length === 0) throw new ChatRequestError('messages', msg('field-empty'))
  if (messages.length > MAX_MESSAGES)
    throw new ChatRequestError('messages', msg('field-too-many', { count: MAX_MESSAGES }))
  if (id !== undefined && (typeof id !== 'string' || id.length > 200))
    throw new ChatRequestError('id', msg('field-too-long', { count: 200 }))
  const chosen = clusterIdSchema.optional().safeParse(cluster)
  if (!chosen.success) throw new ChatRequestError('cluster', msg('field-not-cluster'))
  const turn = turnIdSchema.optional().safeParse(turnId)
  if (!turn.success) throw new ChatRequestError('turnId', msg('field-not-turn-id'))
  if (typeof resumable !== 'boolean') throw new ChatRequestError('resumable', msg('field-not-boolean'))
  const parsed = messages.map((posted: unknown, at) => parseMessage(posted, `messages[${at}]`))
  const answers = parseApprovals(approvals)
  checkLast(parsed, answers.length > 0)
  const { data: named } = turn
  return {
    ...(id !== undefined && { id }),
    ...(chosen.data !== undefined && { cluster: chosen.data }),
    ...(named !== undefined && { turnId: named }),
    resumable,
    messages: parsed,
    approvals: answers,
    bare,
  }
}

/** The last message must be a question or answers to approvals. */
function checkLast(messages: readonly ChatMessage[], hasApprovals: boolean): void {
  const field = `messages[${messages.length - 1}]`
  const last = messages.at(-1)
  if (last?.role === 'assistant') {
    if (hasApprovals) throw new ChatRequestError('approvals', msg('field-approvals-place'))
    if (last.parts.some((part) => isToolPart(part) && part.state === 'approval-responded')) return
    throw new ChatRequestError(`${field}.role`, msg('field-last-not-user'))
  }
  if (!last?.parts.some((part) => part.type === 'text' && 'text' in part && String(part.text).trim() !== ''))
    throw new ChatRequestError(field, msg('field-question-empty'))
}

/** More than the calls of one turn that may await approval. */
export const MAX_APPROVALS = 64

function parseApprovals(approvals: unknown): ApprovalAnswer[] {
  if (!Array.isArray(approvals)) throw new ChatRequestError('approvals', msg('field-not-array'))
  if (approvals.length > MAX_APPROVALS)
    throw new ChatRequestError('approvals', msg('field-too-many', { count: MAX_APPROVALS }))
  return approvals.map((each: unknown, at) => parsed(approvalAnswerSchema, each, `approvals[${at}]`))
}

function parseMessage(posted: unknown, field: string): ChatMessage {
  if (typeof posted !== 'object' || posted === null) throw new ChatRequestError(field, msg('field-not-object'))
  if ('parts' in posted) {
    const { id, role, parts, metadata } = parsed(uiMessageSchema, posted, field)
    if (parts.length > MAX_PARTS)
      throw new ChatRequestError(`${field}.parts`, msg('field-too-many', { count: MAX_PARTS }))
    const own = parts.map((part, at) => parsePart(part, `${field}.parts[${at}]`))
    const asked = role === 'user' ? metadata?.asked : undefined
    return { ...(id !== undefined && { id }), role: plainRole(role), parts: own, ...(asked && { asked }) }
  }
  if ('text' in posted && !('content' in posted)) {
    const { role, text } = parsed(botMessageSchema, posted, field)
    return { role: plainRole(role), parts: [{ type: 'text', text }] }
  }
  const { role, content } = parsed(plainMessageSchema, posted, field)
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  return { role: plainRole(role), parts }
}

function parsePart(part: { type: string }, field: string): MessagePart {
  if (part.type === 'text') return parsed(textPartSchema, part, field)
  if (part.type === 'dynamic-tool') return parsed(toolPartSchema, part, field)
  return parsed(otherPartSchema, part, field)
}

function plainRole(role: z.infer<typeof roleSchema>): ChatMessage['role'] {
  return role === 'user' ? 'user' : 'assistant'
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, field: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') ?? ''
  const code = PROBLEMS.find((each) => each === issue?.message)
  const problem = code ? msg(code) : issue ? quotedWords(issue.message) : msg('field-invalid')
  throw new ChatRequestError(`${field}${path}`, problem)
}
