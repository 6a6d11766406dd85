/** Sends a text to the server, which redacts and keeps it. */
import { attachmentSchema, type Attachment, type AttachmentRequest } from '#shared/chat/attachment'
import { ChatRequestError, readProblem } from '../chat/chatProblem'
import { serverFetch } from '../connection/serverFetch'

/** @throws ChatRequestError with the server's problem; TypeError if it is unreachable */
export async function attach(request: AttachmentRequest): Promise<Attachment> {
  const response = await serverFetch('api/attachments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new ChatRequestError(await readProblem(response), response.status)
  return attachmentSchema.parse(await response.json())
}
