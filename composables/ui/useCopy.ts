/** Copying a text, with a mark for a moment that it worked, and a word where the browser did not allow it. */
import { copyText } from '../../utils/browser/clipboard'

export function useCopy() {
  const { t } = useText()
  const toast = useToast()
  const isCopied = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(text: string): Promise<void> {
    try {
      await copyText(text)
      isCopied.value = true
      clearTimeout(timer)
      timer = setTimeout(() => (isCopied.value = false), 1500)
    } catch {
      toast.add({ title: t('app.copyFailed'), color: 'error' })
    }
  }

  onScopeDispose(() => clearTimeout(timer))
  return { copy, isCopied }
}
