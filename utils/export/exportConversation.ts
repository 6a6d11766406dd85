/** Saves a conversation as a file. Loaded when the first one is exported. */
import { downloadText } from '../browser/download'
import { loadMessages } from '../conversation/messageArchive'
import { toMarkdown, type ExportHead } from './markdown'
import { turnRecords } from './records'

export type ExportFormat = 'markdown' | 'json'

/** @throws if IndexedDB is unavailable */
export async function exportConversation(id: string, head: ExportHead, format: ExportFormat): Promise<void> {
  const turns = turnRecords(await loadMessages(id))
  const name = `${head.title.slice(0, 60)}-${head.exportedAt.slice(0, 16)}`
  if (format === 'markdown') downloadText(`${name}.md`, toMarkdown(head, turns))
  else downloadText(`${name}.json`, JSON.stringify({ ...head, turns }, null, 2))
}
