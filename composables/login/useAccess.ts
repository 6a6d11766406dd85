/** What the user of the page may do, in words. */
export function useAccess() {
  const { t } = useText()
  const store = useSessionStore()
  return computed(() => {
    const { mode, user } = store.session ?? {}
    return {
      name: user && mode !== 'none' ? user.name : undefined,
      // The user's own reason says more than the server's mode.
      reason: user?.readOnlyReason ?? (store.isReadOnly ? t('access.readOnlyMode') : undefined),
    }
  })
}
