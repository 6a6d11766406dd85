/** Keeps an attached text like a long result: redacted, shortened for the model, and searchable. */
import { randomUUID } from 'node:crypto'
import { attachedText } from '#shared/chat/asked'
import type { Attachment, AttachmentRequest } from '#shared/chat/attachment'
import { estimateTokens } from '#shared/results/tokens'
import { cleanText } from '../clean-text'
import { presentResult } from '../present'
import { keptResults } from './kept-results'
import type { ResultMemory } from './memory'

/** As much as of a result of a call. */
const MODEL_TOKENS = 800

/** Characters of the id that the model writes. */
const ID_LENGTH = 8

export async function keepAttachment(
  { conversation, name, text }: AttachmentRequest,
  user: string,
  memory: ResultMemory,
): Promise<Attachment> {
  const raw = { isError: false, texts: [text.replace(/\r\n?/g, '\n').replace(/\n$/, '')] }
  const presented = await presentResult({ tool: 'attachment', arguments: {}, raw, maxTokens: MODEL_TOKENS })
  const id = `a${randomUUID()
    .replaceAll('-', '')
    .slice(0, ID_LENGTH - 1)}`
  // The text may report a failure; keeping it did not fail.
  const kept = await keptResults(memory, { user, conversation }).keep(id, { ...presented, status: 'ok' })
  const cleanName = cleanText(name)
  const forModel = attachedText(cleanName, kept.forModel)
  const lines = raw.texts[0]?.split('\n').length ?? 0
  return { name: cleanName, lines, tokens: estimateTokens(forModel), text: forModel }
}
