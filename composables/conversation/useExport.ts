/** Exports a conversation as a file. */
import type { ExportFormat } from '../../utils/export/exportConversation'

export function useExport() {
  const { t } = useText()
  const toast = useToast()
  const store = useConversationStore()
  const scope = useScopeStore()

  async function exportAs(id: string, format: ExportFormat): Promise<void> {
    const entry = store.find(id)
    const cluster = entry?.cluster ?? scope.cluster.label
    const title = entry?.title || t('conversations.untitled')
    const head = { title, ...(cluster !== undefined && { cluster }), exportedAt: new Date().toISOString() }
    try {
      const { exportConversation } = await import('../../utils/export/exportConversation')
      await exportConversation(id, head, format)
    } catch {
      toast.add({ title: t('conversations.notExported'), color: 'error' })
    }
  }

  return { exportAs }
}
