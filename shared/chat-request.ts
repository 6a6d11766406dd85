/**
 * The body of `POST /api/chat`, in the shapes its clients send: the page's UI messages, `{ role, content }` of anybody,
 * and `{ role, text }` with the roles user and bot. Either wrapped as `{ messages }` or a bare array.
 */
import { z } from 'zod'
import { approvalAnswerSchema } from './approval'
import { askedSchema } from './asked'
import type { Asked } from './asked'
import type { ApprovalAnswer } from './approval'
import { isDeeperThan } from './depth'

const roleSchema = z.enum(['user', 'assistant', 'bot'], { error: 'must be "user" or "assistant"' })

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() })

/** A tool call as the page posts it back: with its compact result, never with the table. */
const toolPartSchema = z.object({
  type: z.literal('dynamic-tool'),
  toolCallId: z.string().min(1),
  toolName: z.string().min(1).max(200),
  input: z.unknown(),
  state: z.string(),
  output: z.unknown().optional(),
  errorText: z.string().optional(),
  /** Of a call that waited for a person: what they answered, once they have. */
  approval: z
    .object({
      id: z.string(),
      approved: z.boolean().optional(),
      reason: z.string().max(2000).optional(),
      signature: z.string().max(400_000).optional(),
    })
    .optional(),
})

/** Parts that say nothing to the model: reasoning, step marks, data. */
const otherPartSchema = z
  .looseObject({ type: z.string() })
  .refine((part) => part.type !== 'file', { error: 'files are not supported: paste the text' })

export const uiMessageSchema = z.object({
  id: z.string().optional(),
  role: roleSchema,
  parts: z.array(z.looseObject({ type: z.string() })),
  /** Whatever else a client keeps there is its own matter. */
  metadata: z
    .object({ asked: askedSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

const contentSchema = z.union([z.string(), z.array(textPartSchema)], {
  error: 'must be a string or an array of text parts',
})

export const plainMessageSchema = z.object({ role: roleSchema, content: contentSchema })
export const botMessageSchema = z.object({ role: roleSchema, text: z.string() })

export type ToolPart = z.infer<typeof toolPartSchema>
export type MessagePart = z.infer<typeof textPartSchema> | ToolPart | z.infer<typeof otherPartSchema>

export function isToolPart(part: MessagePart): part is ToolPart {
  return part.type === 'dynamic-tool'
}

/** One message, whatever shape it came in. */
export interface ChatMessage {
  /** Of a UI message. */
  id?: string
  role: 'user' | 'assistant'
  parts: MessagePart[]
  /** Of a question, if the client says. */
  asked?: Asked
}

export interface ChatRequest {
  /** The conversation's id, where the client has one. */
  id?: string
  /** The client's own name for the turn, under which it stops it or attaches to it. */
  turnId?: string
  /** The turn outlives this connection for a while: the client will come back for it. */
  resumable: boolean
  messages: ChatMessage[]
  /** Answers to the approvals of an earlier JSON answer; UI messages carry theirs in their parts. */
  approvals: ApprovalAnswer[]
  /** A bare array is answered with JSON where `Accept` does not say. */
  bare: boolean
}

/** Says which field is wrong and why. */
export class ChatRequestError extends Error {
  constructor(
    readonly field: string,
    problem: string,
  ) {
    super(`${field}: ${problem}`)
    this.name = 'ChatRequestError'
  }
}

export const MAX_MESSAGES = 2000

/** Parts of one message: a turn has at most a few hundred. */
const MAX_PARTS = 2000

/** Arguments of a call are at most 64 levels deep where they come from us. */
const MAX_LEVELS = 100

const envelopeSchema = z
  .object({
    id: z.unknown(),
    turnId: z.unknown(),
    resumable: z.unknown(),
    messages: z.unknown(),
    approvals: z.unknown(),
  })
  .partial()

/** Long enough that nobody guesses another's: who knows it may stop the turn and read it. */
export const turnIdSchema = z.string().regex(/^[\w-]{16,64}$/)
const TURN_ID = 'must be 16 to 64 letters, digits, "_" or "-"'

/**
 * Parses a body that is JSON already.
 * @throws ChatRequestError that names the field
 */
export function parseChatRequest(body: unknown): ChatRequest {
  const bare = Array.isArray(body)
  const wrapped = bare ? { messages: body } : body
  if (typeof wrapped !== 'object' || wrapped === null)
    throw new ChatRequestError('body', 'must be { "messages": [...] } or an array of messages')
  if (isDeeperThan(wrapped, MAX_LEVELS))
    throw new ChatRequestError('body', `is nested more than ${MAX_LEVELS} levels deep`)
  const { id, turnId, resumable = false, messages, approvals = [] } = envelopeSchema.parse(wrapped)
  if (!Array.isArray(messages)) throw new ChatRequestError('messages', 'must be an array')
  if (messages.length === 0) throw new ChatRequestError('messages', 'must not be empty')
  if (messages.length > MAX_MESSAGES) throw new ChatRequestError('messages', `must be at most ${MAX_MESSAGES}`)
  if (id !== undefined && (typeof id !== 'string' || id.length > 200))
    throw new ChatRequestError('id', 'must be a string of at most 200 characters')
  const turn = turnIdSchema.optional().safeParse(turnId)
  if (!turn.success) throw new ChatRequestError('turnId', TURN_ID)
  if (typeof resumable !== 'boolean') throw new ChatRequestError('resumable', 'must be true or false')
  const parsed = messages.map((message: unknown, at) => parseMessage(message, `messages[${at}]`))
  const answers = parseApprovals(approvals)
  checkLast(parsed, answers.length > 0)
  const { data: named } = turn
  return {
    ...(id !== undefined && { id }),
    ...(named !== undefined && { turnId: named }),
    resumable,
    messages: parsed,
    approvals: answers,
    bare,
  }
}

/** Something has to be answered: a question, or what a person said of the calls that waited for them. */
function checkLast(messages: readonly ChatMessage[], hasApprovals: boolean): void {
  const field = `messages[${messages.length - 1}]`
  const last = messages.at(-1)
  if (last?.role === 'assistant') {
    if (hasApprovals)
      throw new ChatRequestError('approvals', "are for a conversation that ends with the user's message")
    if (last.parts.some((part) => isToolPart(part) && part.state === 'approval-responded')) return
    throw new ChatRequestError(`${field}.role`, "the last message must be the user's")
  }
  if (!last?.parts.some((part) => part.type === 'text' && 'text' in part && String(part.text).trim() !== ''))
    throw new ChatRequestError(field, 'the question is empty')
}

/** Calls that one turn may wait for, and more. */
export const MAX_APPROVALS = 64

function parseApprovals(approvals: unknown): ApprovalAnswer[] {
  if (!Array.isArray(approvals)) throw new ChatRequestError('approvals', 'must be an array')
  if (approvals.length > MAX_APPROVALS) throw new ChatRequestError('approvals', `must be at most ${MAX_APPROVALS}`)
  return approvals.map((each: unknown, at) => parsed(approvalAnswerSchema, each, `approvals[${at}]`))
}

function parseMessage(message: unknown, field: string): ChatMessage {
  if (typeof message !== 'object' || message === null) throw new ChatRequestError(field, 'must be an object')
  if ('parts' in message) {
    const { id, role, parts, metadata } = parsed(uiMessageSchema, message, field)
    if (parts.length > MAX_PARTS) throw new ChatRequestError(`${field}.parts`, `must be at most ${MAX_PARTS}`)
    const own = parts.map((part, at) => parsePart(part, `${field}.parts[${at}]`))
    const asked = role === 'user' ? metadata?.asked : undefined
    return { ...(id !== undefined && { id }), role: plainRole(role), parts: own, ...(asked && { asked }) }
  }
  if ('text' in message && !('content' in message)) {
    const { role, text } = parsed(botMessageSchema, message, field)
    return { role: plainRole(role), parts: [{ type: 'text', text }] }
  }
  const { role, content } = parsed(plainMessageSchema, message, field)
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
  throw new ChatRequestError(`${field}${path}`, issue?.message ?? 'is not valid')
}
