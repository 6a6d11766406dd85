/** Copies a text and briefly shows success, or reports that the browser denied it. */
import { refAutoReset } from '@vueuse/core'
import { copyText } from '../../utils/browser/clipboard'

export function useCopy() {
  const { t } = useText()
  const toast = useToast()
  const isCopied = refAutoReset(false, 1500)

  async function copy(text: string): Promise<void> {
    try {
      await copyText(text)
      isCopied.value = true
    } catch {
      toast.add({ title: t('app.copyFailed'), color: 'error' })
    }
  }

  return { copy, isCopied }
}
