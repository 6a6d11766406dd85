/** Offers to take an action back. */

/** Milliseconds that an action can be taken back. */
export const UNDO_MS = 10_000

export function useUndo() {
  const { t } = useText()
  const toast = useToast()

  /** @param title names the action that can be taken back */
  function offerUndo(title: string, undo: () => void): void {
    const { id } = toast.add({
      title,
      duration: UNDO_MS,
      actions: [
        {
          label: t('app.undo'),
          color: 'neutral',
          variant: 'outline',
          onClick: () => {
            toast.remove(id)
            undo()
          },
        },
      ],
    })
  }

  return { offerUndo }
}
