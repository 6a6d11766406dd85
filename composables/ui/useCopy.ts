/** Copies a text, marks for a moment that it worked, and reports where the browser did not allow it. */
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
