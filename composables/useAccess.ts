/** What the user of the page may do, in words. */
export function useAccess() {
  const { t } = useText()
  const store = useSessionStore()
  return computed(() => {
    const { mode, user } = store.session ?? {}
    const who = user && mode !== 'none' ? t('access.as', { name: user.name }) : undefined
    // The user's own reason says more than the server's mode.
    const reason = user?.readOnlyReason ?? (store.isReadOnly ? t('access.readOnlyMode') : undefined)
    return {
      value: store.isReadOnly ? t('access.readOnly') : t('access.write'),
      notes: [who, reason, t('access.kubeconfig')],
    }
  })
}
