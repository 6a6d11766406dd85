/** `POST /api/dry-run`: what applying a manifest would change, without the model. */
import { defineEventHandler } from 'h3'
import { ChatRequestError } from '#shared/chat/request'
import { dryRunRequestSchema } from '#shared/changes/dry-run'
import { msg } from '#shared/messages/create'
import { answerDryRun } from '../http/direct-read'
import { readJsonBody } from '../http/json-body'

export default defineEventHandler((event) =>
  answerDryRun(event, async () => {
    const parsed = dryRunRequestSchema.safeParse(await readJsonBody(event.node.req))
    if (!parsed.success) throw new ChatRequestError('body', msg('field-not-dry-run'))
    return parsed.data
  }),
)
