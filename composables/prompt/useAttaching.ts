/** Long pasted texts, pasted manifests and dropped files become attachments of the next question. */
import { addEnglishTexts } from '../ui/useText'
import attachmentTexts from '../../i18n/locales/en/ui/attachments.json'
import { isLargePaste } from '../../utils/attachment/largePaste'
import { looksLikeManifest } from '../../utils/attachment/manifestLook'

export function useAttaching(conversation: () => string) {
  const { t } = useText()
  addEnglishTexts(attachmentTexts)
  const store = useAttachmentStore()

  function onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (files.length === 0 && !isLargePaste(text) && !looksLikeManifest(text)) return
    event.preventDefault()
    if (files.length > 0) void addFiles(files)
    else void store.add(conversation(), t('attachments.pasted'), text)
  }

  function onDrop(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void addFiles(files)
  }

  /** Each as its text. */
  async function addFiles(files: readonly File[]): Promise<void> {
    for (const file of files) await store.add(conversation(), file.name, await file.text())
  }

  return { onPaste, onDrop, pending: computed(() => store.of(conversation())) }
}
