/** Offers to take an action back. */

/** Milliseconds that an action can be taken back. */
export const UNDO_MS = 10_000

export function useUndo() {
  const { t } = useText()
  const toast = useToast()

  /**
   * @param title names the action that can be taken back
   * @param onPassed once the offer is gone; it stays longer under the pointer and while the window is in the background
   */
  function offerUndo(title: string, undo: () => void, onPassed?: () => void): void {
    let isTaken = false
    // The button closes the toast before its own click arrives.
    const onClosed = (): void => void setTimeout(() => !isTaken && onPassed?.())
    const { id } = toast.add({
      title,
      duration: UNDO_MS,
      'onUpdate:open': (isOpen: boolean) => void (isOpen || onClosed()),
      actions: [
        {
          label: t('app.undo'),
          color: 'neutral',
          variant: 'outline',
          onClick: () => {
            isTaken = true
            toast.remove(id)
            undo()
          },
        },
      ],
    })
  }

  return { offerUndo }
}
