/** The named schemas of the API: those that its handlers parse and answer with. */
import { z } from 'zod'
import { approvalAnswerSchema } from '#shared/changes/approval'
import { chatAnswerSchema, stopAnswerSchema } from '#shared/chat/answer'
import { chatBodySchema } from '#shared/chat/body'
import { plannedObjectSchema } from '#shared/changes/change'
import { attachmentRequestSchema, attachmentSchema } from '#shared/chat/attachment'
import { runbooksSchema } from '#shared/commands/runbook'
import { directReadSchema } from '#shared/direct-read'
import { dryRunRequestSchema } from '#shared/changes/dry-run'
import { embedSettingsSchema } from '#shared/embed/settings'
import { changesResultSchema } from '#shared/changes/what-changed'
import { findingsResultSchema } from '#shared/findings'
import { clustersSchema } from '#shared/clusters'
import { assistantErrorSchema, errorBodySchema } from '#shared/errors'
import { briefHealthSchema, healthSchema, readySchema } from '#shared/health'
import { mcpReportSchema, mcpSessionSchema, mcpToolsSchema } from '#shared/mcp-report'
import { localizedSchema, messageSchema, messageValueSchema } from '#shared/messages/message'
import { resultPartSchema } from '#shared/result'
import { loginSchema, sessionSchema } from '#shared/session'
import { socketMessageSchema, socketRequestSchema } from '#shared/chat/turn-socket'
import { userSchema } from '#shared/user'

/** What clients send. */
const requests = {
  ApprovalAnswer: approvalAnswerSchema,
  ChatRequest: chatBodySchema,
  Attachment: attachmentSchema,
  AttachmentRequest: attachmentRequestSchema,
  DirectRead: directReadSchema,
  DryRun: dryRunRequestSchema,
  Login: loginSchema,
  SocketRequest: socketRequestSchema,
}

/** What the server answers. */
const responses = {
  AssistantError: assistantErrorSchema,
  BriefHealth: briefHealthSchema,
  ChatAnswer: chatAnswerSchema,
  EmbedSettings: embedSettingsSchema,
  Clusters: clustersSchema,
  ErrorBody: errorBodySchema,
  Findings: findingsResultSchema,
  Changes: changesResultSchema,
  Health: healthSchema,
  Localized: localizedSchema,
  McpReport: mcpReportSchema,
  McpSession: mcpSessionSchema,
  McpTools: mcpToolsSchema,
  Message: messageSchema,
  MessageValue: messageValueSchema,
  PlannedObject: plannedObjectSchema,
  Ready: readySchema,
  ResultPart: resultPartSchema,
  Runbooks: runbooksSchema,
  Session: sessionSchema,
  SocketMessage: socketMessageSchema,
  StopAnswer: stopAnswerSchema,
  User: userSchema,
}

export type ComponentName = keyof typeof requests | keyof typeof responses
type JsonSchema = Record<string, unknown>

/** As a reference in the document. */
export function schemaRef(name: ComponentName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` }
}

/** `components.schemas` of the document. */
export function componentSchemas(): Record<string, JsonSchema> {
  return { ...jsonSchemas(requests, 'input'), ...jsonSchemas(responses, 'output') }
}

function jsonSchemas(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    // A field that is added later must not break a client.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]),
  )
}
